import Testing

@testable import Training

struct NamedNumbersTests {
  /// Ids of questions are their owners' texts.
  @Test func everyNameComesBack() throws {
    let numbers: [String: Double] = [
      "": 1, "a\tb": -0.0, "a\nb": .infinity, "\r": 2, "a\r\n": 3, "\t": 4, "\u{301}a": 5, "plain/name": 0.1, "%09": 6,
      "12 é 🎵": 7,
      "\u{0}": 8,
    ]
    let read = try NamedNumbers.decoded(NamedNumbers.encoded(numbers))
    #expect(read == numbers)
    #expect(read["a\tb"]?.sign == .minus)
  }

  /// The bytes of checkpoints that older versions wrote.
  @Test func oldCheckpointsAreReadAndOrdinaryNamesKeepTheirBytes() throws {
    let old = Array("beta\t3ff0000000000000\ntrack-1/tsg\tbfe0000000000000\n".utf8)
    #expect(try NamedNumbers.decoded(old) == ["beta": 1, "track-1/tsg": -0.5])
    #expect(NamedNumbers.encoded(["beta": 1, "track-1/tsg": -0.5]) == old)
  }

  @Test(arguments: ["a", "a\t", "a\tzz", "a\t1\t1", "\tzz\t1", "\t6\t1", "\t6\u{301}\t1", "a\t1\na\t2", "a\t11111111111111111"])
  func damageIsABadCheckpoint(_ text: String) {
    #expect { try NamedNumbers.decoded(Array(text.utf8)) } throws: { ($0 as? TrainingError)?.code == .badCheckpoint }
  }
}
