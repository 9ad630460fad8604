/// A name from a file: text, or a whole number as tables hold it, which is read as its digits.
///
/// Not empty, without control characters (they would break lines and columns of what is written), at most ``InputLimit/id`` bytes.
public struct Identifier: Sendable, Hashable {
  public let text: String

  /// `nil` for a text that is no such name; ``fault(of:)`` says why.
  public init?(_ text: String) {
    guard Self.fault(of: text) == nil else { return nil }
    self.text = text
  }

  /// A text that is known to be a name where `isPlain`: neither empty nor too long, and ASCII without control characters.
  package init?(checked text: String, isPlain: Bool) {
    guard isPlain || Self.fault(of: text) == nil else { return nil }
    self.text = text
  }

  /// What keeps a text from being a name, in words; `nil` where nothing does.
  package static func fault(of text: String) -> String? {
    if text.isEmpty { return "is empty; give each a name of its own" }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "holds a control character, such as a tab or a line break; leave it out"
    }
    if text.utf8.count > InputLimit.id {
      return "has \(text.utf8.count) bytes; at most \(InputLimit.id) are allowed"
    }
    return nil
  }
}

extension Identifier: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text: String
    if let written = try? container.decode(String.self) {
      text = written
    } else if let number = try? container.decode(Int64.self) {
      text = "\(number)"
    } else {
      // Names what was expected.
      text = try container.decode(String.self)
    }
    if let fault = Self.fault(of: text) {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "the id '\(text.shown)' \(fault)")
    }
    self.text = text
  }
}

extension String {
  /// At most 60 characters, control characters as escapes: for messages.
  package var shown: String {
    let escaped = prefix(60).unicodeScalars.map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : "\($0)"
    }
    return escaped.joined() + (count > 60 ? "…" : "")
  }
}
