import MusTBench
import Questions
import Testing
import Timelines

struct QuestionScoreTests {
  private func score(_ text: String, _ kind: AnswerKind, _ references: [Answer], choices: [String] = []) -> QuestionScore {
    let question = Question(
      id: "q", trackID: "t", task: "x", text: "", kind: kind, choices: choices, items: kind == .order ? ["X", "Y", "Z"] : [],
      references: references, duration: 222)
    return QuestionScore(of: AnswerReader(AnswerForm(question)).read(text), to: question)
  }

  @Test(arguments: [("2:00", 1.0, 1.0), ("2:03", 0, 1), ("2:04", 0, 0), ("1:59", 1, 1), ("1:49", 0, 0), ("soon", 0, 0)])
  func hitsIncludeTheBound(text: String, withinOne: Double, withinThree: Double) {
    let found = score(text, .instant, [.instant(120)])
    #expect(found.values == [.hitWithin1Second: withinOne, .hitWithin3Seconds: withinThree])
    #expect(found.isUnreadable == (text == "soon"))
  }

  @Test func theNearestOfSeveralReferencesCounts() {
    #expect(score("2:00", .instant, [.instant(10), .instant(121)]).values[.hitWithin1Second] == 1)
  }

  /// Reference 0:57–1:12 and the answers of three models on MusTBench's demonstration page.
  @Test(arguments: [("0:57–1:12", 1.0, 1.0), ("0:15–0:29", 0, 0), ("1:00–1:30", 12.0 / 33, 24.0 / 45), ("16:48–23:76", 0, 0)])
  func intervalsAreComparedAsUnions(text: String, iou: Double, f1: Double) throws {
    let found = score(text, .intervals, [.intervals([Interval(57, 72)])])
    #expect(try abs(#require(found.values[.iou]) - iou) < 1e-15)
    #expect(try abs(#require(found.values[.f1]) - f1) < 1e-15)
  }

  @Test func partsInOneReferenceOrInSeveralAreTheSame() {
    let parts = [Interval(10, 20), Interval(30, 40)]
    for text in ["0:10-0:20, 0:30-0:40", "0:10-0:15, 0:15-0:20, 0:30-0:40, 0:30-0:40", "0:30-0:40, 0:10-0:20"] {
      #expect(score(text, .intervals, [.intervals(parts)]).values == [.iou: 1, .f1: 1])
      #expect(score(text, .intervals, parts.map { .intervals([$0]) }).values == [.iou: 1, .f1: 1])
    }
  }

  @Test func noneIsRightOnlyWhereThereIsNothing() {
    #expect(score("none", .intervals, [.intervals([])]).values == [.iou: 1, .f1: 1])
    #expect(score("none", .intervals, [.intervals([Interval(0, 1)])]).values == [.iou: 0, .f1: 0])
    #expect(score("the chorus", .intervals, [.intervals([])]).values == [.iou: 0, .f1: 0])
  }

  @Test func choicesAndOrdersAreRightOrWrong() {
    let choices = ["a", "b", "c", "d"]
    #expect(score("C", .choice, [.choice(2)], choices: choices).values == [.accuracy: 1])
    #expect(score("A", .choice, [.choice(2)], choices: choices).values == [.accuracy: 0])
    #expect(score("E", .choice, [.choice(2)], choices: choices).values == [.accuracy: 0])
    #expect(score("Z,Y,X", .order, [.order([2, 1, 0])]).values == [.accuracy: 1])
    #expect(score("Z,X,Y", .order, [.order([2, 1, 0])]).values == [.accuracy: 0])
  }

  @Test func equalTextsScoreOneWhateverTheirCaseAndMarks() throws {
    let reference = Answer.text("The drums enter, and the bass leaves.")
    #expect(score("the drums enter and the bass leaves", .text, [reference]).values == [.meteor: 1])
    #expect(score("violins", .text, [reference]).values == [.meteor: 0])
    let part = try #require(score("The drums enter.", .text, [reference]).values[.meteor])
    #expect(part > 0.2 && part < 0.9)
  }
}
