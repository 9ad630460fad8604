import Options
import Questions
import Rewards
import TemporalRewards
import Testing
import Timelines

struct SpanCreditTests {
  private static let span: (String, OptionValue.Content) = ("credit", .text("span"))

  private static func judged(_ entries: [OptionValue], _ text: String, _ references: [Answer]) throws -> Judgement {
    let (spec, issues) = RewardSpecTests.read(entries)
    // One reward alone is refused for what it pays the unreadable; its credit is not.
    #expect(issues.allSatisfy { $0.contains("allow-unsafe") })
    var question = RewardSpecTests.question(references[0])
    question.references = references
    let reading = AnswerReader(AnswerForm(question)).read(text)
    return spec.judge(reading, in: Response(text: text, tokenCount: 1, isTruncated: false), to: question)
  }

  private static func interval(_ start: Double, _ end: Double) throws -> Answer {
    .intervals([try #require(Interval(start: start, end: end))])
  }

  /// The reference is 10–20 s: of two answered intervals of 10 s the first is right, the second not: P = ½, R = 1.
  @Test func aWrongIntervalGetsLessThanARightOne() throws {
    let judgement = try Self.judged(
      [RewardSpecTests.entry("interval-f1", [Self.span])], "0:10-0:20, 0:40-0:50", [try Self.interval(10, 20)])
    #expect(judgement.total == 2.0 / 3)
    #expect(judgement.spans == [SpanCredit(bytes: 0..<9, score: 1), SpanCredit(bytes: 11..<20, score: 0)])
  }

  @Test(arguments: ["interval-f1", "interval-iou"], ["0:10-0:20", "0:05-0:18", "0:12-0:50", "0:30-0:40"])
  func theCreditOfTheOnlyIntervalIsTheScore(_ name: String, _ text: String) throws {
    let judgement = try Self.judged([RewardSpecTests.entry(name, [Self.span])], text, [try Self.interval(10, 20)])
    #expect(judgement.spans.count == 1)
    #expect(abs((judgement.spans.first?.score ?? .nan) - (judgement.total ?? .nan)) < 1e-12)
  }

  /// Weights and the other components count in each span: w·(credit − score) on top of the total.
  @Test func spansCarryTheWholeReward() throws {
    let judgement = try Self.judged(
      [
        RewardSpecTests.entry("interval-f1", [("weight", .number(2)), Self.span]),
        RewardSpecTests.entry("strict-format", [("weight", .number(0.5))]),
      ], "0:10-0:20, 0:40-0:50", [try Self.interval(10, 20)])
    #expect(abs((judgement.total ?? 0) - (4.0 / 3 + 0.5)) < 1e-12)
    let expected = [2.5, 0.5]
    #expect(zip(judgement.spans, expected).allSatisfy { abs($0.score - $1) < 1e-12 } && judgement.spans.count == 2)
  }

  /// The reference is 1:02: the answer 1:50 is 48 s off, and no seconds after "1:" could have been wrong by that much.
  @Test func rightMinutesAreNotBlamedForWrongSeconds() throws {
    let entry = RewardSpecTests.entry("onset-error", [("form", .text("linear")), ("scale", .number(100)), Self.span])
    let near = try Self.judged([entry], "1:50", [.instant(62)])
    #expect(near.total == 0.52)
    #expect(near.spans == [SpanCredit(bytes: 0..<2, score: 1), SpanCredit(bytes: 2..<4, score: 0.52)])
    let far = try Self.judged([entry], "0:50", [.instant(62)])
    #expect(far.total == 0.88)
    #expect(far.spans == [SpanCredit(bytes: 0..<2, score: 0.98), SpanCredit(bytes: 2..<4, score: 0.88)])
  }

  @Test func eachEndOfABoundaryErrorIsJudgedByItself() throws {
    let entry = RewardSpecTests.entry("boundary-error", [("form", .text("hit")), ("scale", .number(2)), Self.span])
    let judgement = try Self.judged([entry], "0:10-0:50", [try Self.interval(60, 70), try Self.interval(10, 20)])
    #expect(judgement.total == 0.5)
    #expect(judgement.spans == [SpanCredit(bytes: 0..<4, score: 1), SpanCredit(bytes: 5..<9, score: 0)])
  }

  @Test func noneAndWhatCannotBeReadHaveNoSpans() throws {
    for text in ["none", "0:20-0:10", "maybe"] {
      let judgement = try Self.judged([RewardSpecTests.entry("interval-f1", [Self.span])], text, [try Self.interval(10, 20)])
      #expect(judgement.spans == [] && judgement.total == 0, "\(text)")
    }
  }

  @Test func aRewardWithoutSpansSaysWhichHaveThem() {
    let (_, issues) = RewardSpecTests.read([RewardSpecTests.entry("soft-f1", [Self.span]), RewardSpecTests.entry("unreadable")])
    #expect(issues.contains { $0.contains("soft-f1 gives no credit by span; these do: onset-error") })
  }
}
