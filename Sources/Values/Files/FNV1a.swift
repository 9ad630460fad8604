/// The hash of Fowler, Noll and Vo with 64 bits, variant 1a, of bytes as published or of wider words: h ← (h ⊕ x) · (2⁴⁰ + 2⁸ + 0xB3).
///
/// Fowler, Noll, Vo and Eastlake 2019, *The FNV Non-Cryptographic Hash Algorithm* (draft-eastlake-fnv-17).
package struct FNV1a: Sendable, Hashable {
  @usableFromInline var state: UInt64 = 0xCBF2_9CE4_8422_2325

  @inlinable
  package init() {}

  /// Of these bytes.
  @inlinable
  package init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(UInt64(byte)) }
  }

  /// One step more, with a byte or a word.
  @inlinable
  package mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x100_0000_01B3 }

  package var value: UInt64 { state }

  /// Sixteen hexadecimal digits.
  package var hexadecimal: String { Hexadecimal.digits(of: state) }
}
