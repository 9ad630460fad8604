import Music
import Randomness
import Testing
import Timelines

struct TimelineAnnotationErrorTests {
  let timeline = Timeline(
    trackID: "t", duration: 60,
    lanes: [
      .init(label: "piano", intervals: [Interval(0, 20), Interval(30, 31)]),
      .init(label: "bass", intervals: [Interval(15, 60)]),
    ],
    sections: [
      .init(interval: Interval(0, 25), label: "a", intensity: 0.2),
      .init(interval: Interval(25, 60), label: "b", intensity: 0.8),
    ])

  @Test func timesMoveWithinTheErrorAndKeepTheirOrderAndTheEndsOfTheTrack() {
    for seed in 0..<200 {
      let moved = timeline.misplaced(upTo: 4, stream: RandomStream(seed: UInt64(seed)))
      let piano = moved.lanes[0].intervals
      let bass = moved.lanes[1].intervals
      #expect(piano[0].start == 0 && bass[0].end == 60)
      #expect(abs(piano[0].end - 20) <= 4 && abs(bass[0].start - 15) <= 4)
      #expect(piano[0].end < piano[1].start && piano[1].start < piano[1].end)
      #expect(abs(piano[1].start - 30) <= 4 && piano[1].start - 30 <= 0.45, "at most 45 % of the way to the exit at 31 s")
      #expect(moved.sections[0].interval.end == moved.sections[1].interval.start)
      #expect(moved.sections[0].interval.start == 0 && moved.sections[1].interval.end == 60)
    }
  }

  @Test func errorsAreCentredAndOfTheStatedWidth() {
    let errors = (0..<4000).map { seed in
      timeline.misplaced(upTo: 4, stream: RandomStream(seed: UInt64(seed))).lanes[1].intervals[0].start - 15
    }
    let mean = errors.reduce(0, +) / 4000
    let variance = errors.map { $0 * $0 }.reduce(0, +) / 4000
    // A uniform draw from [−4, 4] has mean 0 and variance 16/3; four standard errors of each.
    #expect(abs(mean) < 4 * (16 / 3.0 / 4000).squareRoot())
    #expect(abs(variance - 16 / 3.0) < 0.31)
  }

  @Test func noErrorAndTheSameStreamGiveTheSameTimeline() {
    #expect(timeline.misplaced(upTo: 0, stream: RandomStream(seed: 3)) == timeline)
    #expect(
      timeline.misplaced(upTo: 2, stream: RandomStream(seed: 3)) == timeline.misplaced(upTo: 2, stream: RandomStream(seed: 3)))
  }
}
