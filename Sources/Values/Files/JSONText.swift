package import Foundation

/// JSON with sorted keys and plain slashes, so that equal values are equal bytes.
package enum JSONText {
  /// The encoder that all files and lines are written with.
  package static func encoder(isIndented: Bool = false) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    return encoder
  }

  /// Over several lines, the last one ended: a file, or what a command prints.
  package static func indented(_ value: some Encodable) throws -> String {
    text(try encoder(isIndented: true).encode(value)) + "\n"
  }

  /// Of dictionaries, lists, texts, numbers and `NSNull`.
  package static func indented(objects: [[String: Any]]) throws -> String {
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return text(try JSONSerialization.data(withJSONObject: objects, options: options)) + "\n"
  }

  /// On one line that is not ended.
  package static func line(_ value: some Encodable) throws -> String { text(try encoder().encode(value)) }

  /// Of dictionaries, lists, texts, numbers and `NSNull`, on one line that is not ended.
  package static func line(object: [String: Any]) throws -> String {
    text(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]))
  }

  private static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
