import Testing

@testable import Files

struct FNV1aTests {
  /// Test vectors of draft-eastlake-fnv-17, section 6.3.
  @Test func agreesWithThePublishedVectors() {
    #expect(FNV1a("".utf8).value == 0xCBF2_9CE4_8422_2325)
    #expect(FNV1a("a".utf8).value == 0xAF63_DC4C_8601_EC8C)
    #expect(FNV1a("foobar".utf8).hexadecimal == "85944171f73967e8")
  }

  @Test func digitsKeepTheirLeadingZeros() {
    #expect(Hexadecimal.digits(of: UInt32(0xAB)) == "000000ab")
    #expect(Hexadecimal.digits(of: UInt64.max) == "ffffffffffffffff")
  }
}
