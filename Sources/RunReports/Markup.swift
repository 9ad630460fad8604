/// Text that is already HTML or SVG; plain text becomes it by being escaped.
struct Markup: ExpressibleByStringInterpolation {
  private(set) var source: String

  /// Source that code has written.
  init(stringLiteral value: String) { source = value }

  /// Text from anywhere, with everything escaped that markup gives a meaning.
  init(text: String) {
    source = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": source += "&amp;"
      case "<": source += "&lt;"
      case ">": source += "&gt;"
      case "\"": source += "&quot;"
      case "'": source += "&#39;"
      // Control characters other than tab and line end may stand in no document.
      case "\u{0}"..<"\t", "\u{B}"..<"\r", "\u{E}"..<" ", "\u{7F}", "\u{FFFE}", "\u{FFFF}": source += "\u{FFFD}"
      default: source.unicodeScalars.append(scalar)
      }
    }
  }

  init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

  init(_ parts: some Sequence<Markup>) { source = parts.map(\.source).joined(separator: "\n") }

  static func += (left: inout Markup, right: Markup) { left.source += right.source }

  struct Interpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(2 * literalCapacity) }

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
    mutating func appendInterpolation(_ text: String) { source += Markup(text: text).source }
    mutating func appendInterpolation(_ number: Int) { source += "\(number)" }

    /// A length in the drawing, to a tenth.
    mutating func appendInterpolation(_ length: Double) { source += decimal(length, places: 1) }
  }
}
