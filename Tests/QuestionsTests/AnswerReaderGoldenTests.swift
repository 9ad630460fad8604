import Questions
import Testing

struct AnswerReaderGoldenTests {
  @Test(arguments: ["must", "should", "may"]) func readsTheGoldenCases(level: String) throws {
    for file in try GoldenAnswer.files() {
      for golden in file where golden.level == level {
        let reading = AnswerReader(golden.form).read(golden.text)
        #expect(golden.isRight(reading), "\(golden.id) \(golden.text): \(reading)")
      }
    }
  }

  @Test func tellsThePrescribedFormFromTheRest() throws {
    for file in try GoldenAnswer.files() {
      for golden in file {
        guard let isStrict = golden.isStrict else { continue }
        let reading = AnswerReader(golden.form).read(golden.text)
        #expect(reading.isStrict == isStrict, "\(golden.id) \(golden.text)")
      }
    }
  }

  @Test func theFilesAreWhole() throws {
    let files = try GoldenAnswer.files()
    for (file, count) in zip(files, GoldenAnswer.ownCounts) { #expect(file.count >= count) }
    for file in files { #expect(Set(file.map(\.id)).count == file.count) }
  }
}
