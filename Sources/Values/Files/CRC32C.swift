/// The cyclic redundancy check of Castagnoli's polynomial 0x1EDC6F41, bits reflected.
///
/// Castagnoli, Bräuer and Herrmann 1993, *Optimization of Cyclic Redundancy-Check Codes*; RFC 3720, appendix B.4.
package enum CRC32C {
  package static func checksum(of bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { checksum(of: $0) } }

  package static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { remainder, byte in
      table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ (remainder >> 8)
    }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? 0x82F6_3B78 ^ (remainder >> 1) : remainder >> 1
    }
  }
}
