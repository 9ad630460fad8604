import Foundation

/// JSON with sorted keys and plain slashes, so that equal values are equal bytes.
enum JSONText {
  /// Over several lines, the last one ended: a file, or what a command prints.
  static func indented(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return text(try encoder.encode(value)) + "\n"
  }

  /// Of dictionaries, lists, texts, numbers and `NSNull`.
  static func indented(objects: [[String: Any]]) throws -> String {
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return text(try JSONSerialization.data(withJSONObject: objects, options: options)) + "\n"
  }

  /// On one line that is not ended.
  static func line(_ object: [String: Any]) throws -> String {
    text(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]))
  }

  private static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
