/// A line of JSON that is written piece by piece, the same bytes as ``JSONText`` gives for the same values.
@usableFromInline
package struct JSONBytes: Sendable {
  @usableFromInline package private(set) var bytes: [UInt8] = []

  @usableFromInline package init() {}

  package mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// What is JSON already: punctuation and keys.
  package mutating func append(raw text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  package mutating func append(raw text: [UInt8]) { bytes.append(contentsOf: text) }

  package mutating func append(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in utf8.indices where Self.isEscaped(utf8[index]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        escape(utf8[index])
        start = index + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  @inline(__always)
  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      append(raw: byte < 0x10 ? "u000" : "u001")
      let digit = byte & 0xF
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// The shortest digits that read back as the same number; `null` where there is no finite one.
  package mutating func append(_ number: Double?) {
    guard let number, number.isFinite else { return append(raw: "null") }
    if abs(number) < 10, let digit = Int(exactly: number), number != 0 || number.sign == .plus {
      if digit < 0 { bytes.append(UInt8(ascii: "-")) }
      return bytes.append(UInt8(ascii: "0") + UInt8(abs(digit)))
    }
    var digits = number.description
    digits.withUTF8 { utf8 in
      let isWhole = utf8.count > 2 && utf8[utf8.count - 1] == UInt8(ascii: "0") && utf8[utf8.count - 2] == UInt8(ascii: ".")
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: isWhole ? utf8[..<(utf8.count - 2)] : utf8[...]))
    }
  }

  package mutating func append(_ number: Int) {
    if (0..<10).contains(number) { return bytes.append(UInt8(ascii: "0") + UInt8(number)) }
    bytes.append(contentsOf: number.description.utf8)
  }

  /// The places of the keys in the order in which `writer` writes an object with them.
  package static func order(of keys: [String], writtenBy writer: ([String: Int]) throws -> String) throws -> [Int] {
    try keys.indices.sorted { first, second in
      guard keys[first] != keys[second] else { return first < second }
      let both = try writer([keys[first]: 0, keys[second]: 0])
      var name = JSONBytes()
      name.append(keys[first])
      return both.utf8.dropFirst().starts(with: name.bytes + [UInt8(ascii: ":")])
    }
  }
}
