import Questions
import Testing
import Timelines

struct AnswerTests {
  @Test func anAnswerKnowsItsKind() {
    let answers: [Answer] = [.instant(1), .intervals([Interval(0, 1)]), .choice(0), .order([0, 1]), .text("a")]
    #expect(answers.map(\.kind) == AnswerKind.allCases)
  }
}
