import MusTBench
import Questions
import Randomness
import Testing
import Timelines

struct TemporalSourceGroundingTests {
  private let timeline = Timeline(
    trackID: "t1", duration: 60.5,
    lanes: [
      .init(label: "piano", intervals: [Interval(0, 10), Interval(20.2, 41.5)]),
      .init(label: "drums", intervals: [Interval(12.49, 60.5)]),
      .init(label: "bass", intervals: [Interval(2, 58.5)]),
      .init(label: "vocal", intervals: [Interval(2.01, 58.49)]),
      .init(label: "organ", intervals: []),
    ], sections: [])

  private func questions(_ timeline: Timeline) -> [Question] {
    var stream = RandomStream(seed: 1)
    return TemporalSourceGrounding().questions(for: timeline, stream: &stream)
  }

  @Test func asksForEntriesAndExitsInsideTheMargin() {
    let found = questions(timeline)
    #expect(found.map(\.id) == ["t1/tsg/offset/piano", "t1/tsg/onset/drums", "t1/tsg/onset/vocal", "t1/tsg/offset/vocal"])
    #expect(found.map(\.references) == [[.instant(42)], [.instant(12)], [.instant(2)], [.instant(58)]])
    #expect(found.map(\.category) == ["offset", "onset", "onset", "offset"])
    #expect(found.allSatisfy { $0.kind == .instant && $0.duration == 60.5 && $0.task == "tsg" })
  }

  @Test func wordsTheQuestionAsMusTBenchDoes() {
    #expect(
      questions(timeline).map(\.text) == [
        "When does the piano finally stop playing?",
        "When does the drums first start to play?",
        "When does the vocal first start to play?",
        "When does the vocal finally stop playing?",
      ])
  }
}
