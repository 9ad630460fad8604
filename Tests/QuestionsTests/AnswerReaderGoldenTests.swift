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
        let reading = AnswerReader(golden.form).read(golden.text)
        #expect(reading.isStrict == golden.isStrict, "\(golden.id) \(golden.text)")
      }
    }
  }

  @Test func theFileIsWhole() throws {
    for file in try GoldenAnswer.files() {
      #expect(file.count >= 143)
      #expect(Set(file.map(\.id)).count == file.count)
    }
  }
}
