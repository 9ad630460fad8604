import Foundation

extension RunEvent {
  /// One JSON object with sorted keys on one line, without the line's end.
  ///
  /// `kind`, `step`, `total_steps` and, where there is one, `text` stand beside the metrics, whose names hold a slash. Numbers
  /// are the shortest that read back to the same `Double`; those that JSON does not know are the strings `nan`, `inf`, `-inf`.
  public var jsonLine: String {
    var fields: [(key: String, value: String)] = [
      ("kind", Self.quoted(kind.rawValue)), ("step", "\(step)"), ("total_steps", "\(totalSteps)"),
    ]
    if !text.isEmpty { fields.append(("text", Self.quoted(text))) }
    for (name, value) in scalars {
      precondition(name.contains("/"), "the metric '\(name)' needs a namespace, as in 'reward/mean'")
      fields.append((name, value.isFinite ? "\(value)" : Self.quoted("\(value)")))
    }
    fields.sort { $0.key < $1.key }
    return "{" + fields.map { "\(Self.quoted($0.key)):\($0.value)" }.joined(separator: ",") + "}"
  }

  /// Reads what ``jsonLine`` wrote; `nil` for anything else.
  public init?(jsonLine: some Sequence<UInt8>) {
    guard
      let fields = try? JSONDecoder().decode([String: Field].self, from: Data(jsonLine)),
      case .text(let kindName)? = fields["kind"], let kind = Kind(rawValue: kindName),
      let step = fields["step"]?.number.flatMap(Int.init(exactly:)),
      let totalSteps = fields["total_steps"]?.number.flatMap(Int.init(exactly:))
    else { return nil }
    self.init(kind: kind, step: step, totalSteps: totalSteps)
    if case .text(let text)? = fields["text"] { self.text = text }
    for (name, field) in fields where name.contains("/") {
      guard let number = field.number else { return nil }
      scalars[name] = number
    }
  }

  private enum Field: Decodable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var number: Double? {
      switch self {
      case .number(let number): number
      case .text("nan"): .nan
      case .text("inf"): .infinity
      case .text("-inf"): -.infinity
      case .text: nil
      }
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<" ", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
