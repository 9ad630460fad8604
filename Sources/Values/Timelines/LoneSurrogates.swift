/// Halves of characters that JSON's escapes can write and Unicode text cannot hold.
///
/// Python's and JavaScript's writers leave such a half, `\ud83d`, where a text was cut within an emoji, and Foundation's decoder refuses the
/// whole line for it.
package enum LoneSurrogates {
  /// The JSON text with U+FFFD for each escape of a surrogate without its other half; `nil` where there is none.
  ///
  /// Linear in its length.
  package static func replaced(in text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes = Array(text)
    var isChanged = false
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "\\") else {
        place += 1
        continue
      }
      guard let unit = escapedUnit(bytes, at: place) else {
        place += 2
        continue
      }
      if (0xD800..<0xDC00).contains(unit), let next = escapedUnit(bytes, at: place + 6), (0xDC00..<0xE000).contains(next) {
        place += 12
        continue
      }
      if (0xD800..<0xE000).contains(unit) {
        bytes.replaceSubrange(place + 2..<place + 6, with: "fffd".utf8)
        isChanged = true
      }
      place += 6
    }
    return isChanged ? bytes : nil
  }

  /// The number of an escape `\uXXXX` that begins here.
  private static func escapedUnit(_ bytes: [UInt8], at place: Int) -> UInt16? {
    guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
      return nil
    }
    return UInt16(String(decoding: bytes[place + 2..<place + 6], as: UTF8.self), radix: 16)
  }
}
