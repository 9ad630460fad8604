import MusTBench
import Options
import Questions
import Randomness
import Testing
import Timelines

struct WorkedAnswerTests {
  @Test func choicesSayWhatTheyRestOnAndAreReadAsTheirLetter() throws {
    for index in 0..<40 {
      let timeline = SampleTimelines.random(index)
      var stream = RandomStream(seed: UInt64(index))
      for task in TaskCatalog.builtIn.all {
        for question in task.questions(for: timeline, stream: &stream) {
          let text = try #require(WorkedAnswer.text(for: question, about: timeline))
          let reading = AnswerReader(AnswerForm(question)).read(text)
          #expect(reading.answer == question.references.first, "\(text)")
          if question.kind != .choice { #expect(reading.isStrict) }
        }
      }
    }
  }

  @Test func anOrderingNamesTimesThenTheOrderThenTheLetter() throws {
    var stream = RandomStream(seed: 5)
    let questions = GlobalTemporalOrdering().questions(for: SampleTimelines.song, stream: &stream)
    let times = [
      "the drums enter": "0:10", "the intensity rises": "0:10", "the bass leaves": "0:21", "the strings enter": "0:30",
      "the strings leave": "0:42", "the intensity falls": "0:42",
    ]
    #expect(!questions.isEmpty)
    for question in questions {
      guard case .choice(let right)? = question.references.first else { continue }
      let events = try question.items.map { "\($0) \(try #require(times[$0]))" }.joined(separator: ", ")
      let order = GlobalTemporalOrdering.orders[right].map { ["X", "Y", "Z"][$0] }.joined(separator: " ")
      #expect(
        WorkedAnswer.text(for: question, about: SampleTimelines.song) == "\(events): \(order) (\(AnswerWriter.letter(right)))")
    }
  }

  @Test func aQuestionAboutAnotherTrackHasNoWorkedAnswer() throws {
    var stream = RandomStream(seed: 5)
    let question = try #require(GlobalTemporalOrdering().questions(for: SampleTimelines.song, stream: &stream).first)
    var other = SampleTimelines.song
    other.lanes = []
    other.sections = []
    #expect(WorkedAnswer.text(for: question, about: other) == nil)
  }
}
