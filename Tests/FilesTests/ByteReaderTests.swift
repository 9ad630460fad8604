import Testing

@testable import Files

struct ByteReaderTests {
  @Test func whatIsWrittenIsReadBack() {
    var writer = ByteWriter()
    writer.write(UInt32(7))
    writer.write("döner")
    writer.write(Double?.none)
    writer.write(0.1)
    var reader = ByteReader(writer.bytes[...])
    #expect(reader.integer() == UInt32(7))
    #expect(reader.text() == "döner")
    #expect(reader.optionalNumber() == .some(nil))
    #expect(reader.optionalNumber() == .some(0.1))
    #expect(reader.isAtEnd)
  }

  /// A length that is longer than what is left is refused before anything is taken.
  @Test func bytesThatAreMissingAreNoValue() {
    var writer = ByteWriter()
    writer.write(UInt32.max)
    var reader = ByteReader(writer.bytes[...])
    #expect(reader.text() == nil)
    #expect(reader.integer() as UInt64? == nil)
    #expect(reader.optionalNumber() == .none)
  }
}
