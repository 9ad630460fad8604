import Foundation

/// What a line answers, without all of it being decoded.
enum LineHead {
  /// Whether the line only says that the process is at work: `{"id": 7, "working": 0.4}`.
  static func isLifeSign(_ line: Data) -> Bool {
    guard line.count < 300, let working = line.range(of: Data(#""working""#.utf8)) else { return false }
    guard line.startIndex < working.lowerBound, let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any]
    else {
      return false
    }
    return object["working"] != nil && object.count <= 2
  }

  /// The number of the call that a line answers; `nil` where it says none.
  static func id(of line: Data) -> Int? {
    struct Head: Decodable { let id: Int }
    return firstID(of: line) ?? (try? JSONDecoder().decode(Head.self, from: line))?.id
  }

  /// Where `id` is the first key, as it is in most answers.
  private static func firstID(of line: Data) -> Int? {
    var rest = line.prefix(64)
    func take(_ text: String) -> Bool {
      while let byte = rest.first, byte == 0x20 || byte == 0x09 { rest = rest.dropFirst() }
      guard rest.starts(with: Data(text.utf8)) else { return false }
      rest = rest.dropFirst(text.utf8.count)
      return true
    }
    guard take("{"), take(#""id""#), take(":"), take("") else { return nil }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard let next = rest.dropFirst(digits.count).first, next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
