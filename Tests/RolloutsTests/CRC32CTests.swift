import Testing

@testable import Rollouts

struct CRC32CTests {
  /// Test vectors of RFC 3720, appendix B.4.
  @Test func agreesWithThePublishedVectors() {
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(of: (0..<32).map { UInt8($0) }) == 0x46DD_794E)
  }
}
