import Foundation

/// The answer to `checkpoint`, whose one long text is taken out of the line as it is: a decoder would copy hundreds of megabytes several times.
struct StateText {
  /// The line with an empty text in the place of the state.
  let line: Data
  /// The state in base 64; `nil` where the line has none, or one with escapes.
  let state: Data?

  init(_ whole: Data) {
    guard let range = Self.state(in: whole) else {
      (line, state) = (whole, nil)
      return
    }
    var short = Data(whole[whole.startIndex..<range.lowerBound])
    short.append(whole[range.upperBound...])
    (line, state) = (short, whole[range])
  }

  /// Where the text under the key `state` of the outermost object stands, without its quotes.
  private static func state(in whole: Data) -> Range<Data.Index>? {
    whole.withUnsafeBytes { bytes -> Range<Data.Index>? in
      guard let base = bytes.baseAddress else { return nil }
      var (place, depth, isValue) = (0, 0, false)
      while let quote = memchr(base + place, 0x22, bytes.count - place).map({ UnsafeRawPointer($0) - base }) {
        for byte in bytes[place..<quote] {
          switch byte {
          case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
          case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
          case UInt8(ascii: "\\"): return nil
          default: break
          }
        }
        let start = quote + 1
        guard let end = memchr(base + start, 0x22, bytes.count - start).map({ UnsafeRawPointer($0) - base }) else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        if memchr(base + start, 0x5C, end - start) != nil { return nil }
        place = end + 1
        if isValue { return (whole.startIndex + start)..<(whole.startIndex + end) }
        guard depth == 1, text.elementsEqual("state".utf8) else { continue }
        let rest = bytes[place...].prefix(64).drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.first == UInt8(ascii: ":") else { continue }
        let value = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
        isValue = value.first == UInt8(ascii: "\"")
      }
      return nil
    }
  }
}
