import Randomness
import TemporalMetrics
import Testing
import Timelines

struct IntervalOverlapListTests {
  @Test func aListScoresAsItsUnion() {
    for trial in 0..<1000 {
      var stream = RandomStream(seed: 31).derived(trial)
      func intervals(_ count: Int) -> [Interval] {
        (0..<count).map { _ in
          let start = Double(stream.integer(in: 0...30))
          return Interval(start, start + Double(stream.integer(in: 0...5)))
        }
      }
      let answer = intervals(trial % 50)
      let reference = IntervalSet(intervals(3))
      #expect(
        IntervalOverlap(predicted: answer, reference: reference)
          == IntervalOverlap(predicted: IntervalSet(answer), reference: reference))
    }
  }

  @Test func copiesAndOrderDoNotMatter() {
    let reference = IntervalSet([Interval(10, 20)])
    let plain = IntervalOverlap(predicted: [Interval(12, 15), Interval(15, 22)], reference: reference)
    let copied = IntervalOverlap(
      predicted: [Interval(15, 22), Interval(12, 15), Interval(12, 15), Interval(13, 13)], reference: reference)
    #expect(plain == copied && plain.f1 == 0.8)
  }
}
