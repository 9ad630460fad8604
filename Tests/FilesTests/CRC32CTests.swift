import Testing

@testable import Files

struct CRC32CTests {
  /// Test vectors of RFC 3720, appendix B.4, and the check value of the polynomial's catalogue entry.
  @Test func agreesWithThePublishedVectors() {
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(of: (0..<32).map { UInt8($0) }) == 0x46DD_794E)
    #expect(CRC32C.checksum(of: "123456789".utf8) == 0xE306_9283)
    #expect(CRC32C.checksum(of: [UInt8]()) == 0)
  }
}
