/// Named numbers as bytes, exactly: what an algorithm, a curriculum or a reward keeps in a checkpoint.
///
/// A line a number, sorted by name: the name, a tab, the bit pattern in hexadecimal. A name that is empty or holds a tab or an end of line
/// is written as a tab and its UTF-8 in hexadecimal instead, so every name comes back; no line of an older version begins with a tab.
enum NamedNumbers {
  static func encoded(_ numbers: [String: Double]) -> [UInt8] {
    let lines = numbers.sorted { $0.key < $1.key }.map { name, number in
      let isPlain = !name.isEmpty && !name.utf8.contains(tab) && !name.utf8.contains(newline)
      return "\(isPlain ? name : "\t" + hexadecimal(name))\t\(String(number.bitPattern, radix: 16))\n"
    }
    return Array(lines.joined().utf8)
  }

  static func decoded(_ bytes: [UInt8]) throws(TrainingError) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for line in bytes.split(separator: newline) {
      let parts = line.split(separator: tab, omittingEmptySubsequences: false)
      let name: String? =
        switch parts.count {
        case 2: String(validating: parts[0], as: UTF8.self)
        case 3 where parts[0].isEmpty: text(hexadecimal: parts[1])
        default: nil
        }
      guard let name, let last = parts.last, let pattern = UInt64(String(decoding: last, as: UTF8.self), radix: 16),
        numbers.updateValue(Double(bitPattern: pattern), forKey: name) == nil
      else {
        throw TrainingError(
          .badCheckpoint,
          "the checkpoint's named numbers are damaged at '\(String(decoding: line.prefix(80), as: UTF8.self))': use the checkpoint "
            + "before it")
      }
    }
    return numbers
  }

  private static let tab = UInt8(ascii: "\t")
  private static let newline = UInt8(ascii: "\n")

  private static func hexadecimal(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func text(hexadecimal digits: ArraySlice<UInt8>) -> String? {
    guard digits.count % 2 == 0 else { return nil }
    let bytes = stride(from: digits.startIndex, to: digits.endIndex, by: 2).map {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    guard !bytes.contains(nil) else { return nil }
    return String(validating: bytes.compactMap { $0 }, as: UTF8.self)
  }
}
