import Questions
import Testing
import Timelines

struct AnswerSpansTests {
  private static func written(_ range: Range<Int>, _ text: String) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test func theTimesOfIntervalsAreWhereTheyAreWritten() throws {
    let text = "<answer>0:57-1:12, 2:10-2:25</answer>"
    let intervals = try [(57.0, 72.0), (130, 145)].map { try #require(Interval(start: $0.0, end: $0.1)) }
    let spans = try #require(AnswerSpans(of: .intervals(intervals), in: text))
    #expect(spans.parts.map { Self.written($0.bytes, text) } == ["0:57-1:12", "2:10-2:25"])
    #expect(spans.parts.flatMap { $0.times.map { Self.written($0.minutes, text) } } == ["0:", "1:", "2:", "2:"])
    #expect(spans.parts.flatMap { $0.times.map { Self.written($0.seconds, text) } } == ["57", "12", "10", "25"])
  }

  /// What the reader reads is found where it reads it: not in the reasoning, and of instants the last mention.
  @Test(arguments: [
    ("<think>0:57?</think><answer>0:57</answer>", "0:57", 28), ("at 57.5 seconds", "57.5", 3), ("0:57, yes: 0:57.", "0:57", 11),
    ("at 1:00:02", "1:00:02", 3), ("é 57 s", "57", 3),
  ])
  func theReaderAndTheSpansAgree(_ text: String, _ time: String, _ start: Int) throws {
    let form = AnswerForm(kind: .instant)
    let answer = try #require(AnswerReader(form).read(text).answer, "\(text)")
    let spans = try #require(AnswerSpans(of: answer, in: text), "\(text)")
    #expect(spans.parts.count == 1 && spans.parts[0].bytes.lowerBound == start)
    #expect(Self.written(spans.parts[0].bytes, text) == time)
  }

  @Test func whatIsNotWrittenInDigitsIsNotFound() {
    #expect(AnswerSpans(of: .instant(60), in: "one minute") == nil)
    #expect(AnswerSpans(of: .instant(60), in: "<answer>1:00") == nil)
    #expect(AnswerSpans(of: .choice(1), in: "B") == nil)
    #expect(AnswerSpans(of: .instant(5), in: "") == nil)
    #expect(AnswerSpans(of: .instant(5), in: String(repeating: "1", count: 100_000)) == nil)
  }
}
