/// Takes values off the front of some bytes; `nil` where too few are left.
package struct ByteReader {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  package var isAtEnd: Bool { rest.isEmpty }

  package func holds(_ count: Int) -> Bool { rest.count >= count }

  package mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>() -> Value? {
    let size = Value.bitWidth / 8
    guard rest.count >= size else { return nil }
    let value = rest.withUnsafeBytes { $0.loadUnaligned(as: Value.self) }
    rest.removeFirst(size)
    return Value(littleEndian: value)
  }

  package mutating func text() -> String? {
    guard let count: UInt32 = integer(), rest.count >= Int(count) else { return nil }
    let text = String(decoding: rest.prefix(Int(count)), as: UTF8.self)
    rest.removeFirst(Int(count))
    return text
  }

  /// The outer optional is for bytes that are missing, the inner one for a number that was left out.
  package mutating func optionalNumber() -> Double?? {
    guard let isPresent: UInt8 = integer(), isPresent <= 1, let bits: UInt64 = integer() else { return nil }
    return .some(isPresent == 1 ? Double(bitPattern: bits) : nil)
  }
}
