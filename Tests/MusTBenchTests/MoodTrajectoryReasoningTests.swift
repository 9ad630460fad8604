import MusTBench
import Questions
import Randomness
import Testing
import Timelines

struct MoodTrajectoryReasoningTests {
  private func timeline(_ sections: [(Double, Double, Double)], duration: Double) -> Timeline {
    Timeline(
      trackID: "t", duration: duration, lanes: [],
      sections: sections.map { .init(interval: Interval($0.0, $0.1), label: "", intensity: $0.2) })
  }

  private func references(_ timeline: Timeline) -> [String: [Answer]] {
    var stream = RandomStream(seed: 1)
    let found = MoodTrajectoryReasoning().questions(for: timeline, stream: &stream)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.references) })
  }

  @Test func mergesNeighboursAndKeepsSeveralIntervals() {
    let song = timeline(
      [(0, 8.4, 0.2), (8.4, 16, 0.9), (16, 24.6, 0.9), (24.6, 30, 0.5), (30, 41.7, 0.9)], duration: 41.7)
    #expect(
      references(song) == [
        "t/mtr/highest": [.intervals([Interval(8, 25), Interval(30, 41)])],
        "t/mtr/lowest": [.intervals([Interval(0, 8)])],
      ])
  }

  @Test func asksNothingOfAFlatOrUnknownForm() {
    #expect(references(timeline([(0, 10, 0.5), (10, 20, 0.5)], duration: 20)).isEmpty)
    #expect(references(timeline([], duration: 20)).isEmpty)
  }

  @Test func asksNothingWhereTheExtremeKeepsNoWholeSecond() {
    let song = timeline([(0, 10, 0.5), (10, 10.3, 0.1), (10.3, 20, 0.9)], duration: 20)
    #expect(references(song) == ["t/mtr/highest": [.intervals([Interval(10, 20)])]])
  }

  @Test func wordsTheQuestionAsMusTBenchDoes() {
    var stream = RandomStream(seed: 1)
    let song = timeline([(0, 10, 0.1), (10, 20, 0.9)], duration: 20)
    let found = MoodTrajectoryReasoning().questions(for: song, stream: &stream)
    #expect(
      found.map(\.text) == [
        "When is(are) the highest arousal duration(s) in this audio?",
        "When is(are) the lowest arousal duration(s) in this audio?",
      ])
    #expect(found.map(\.category) == ["highest", "lowest"])
  }
}
