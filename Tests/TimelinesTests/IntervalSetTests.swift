import Randomness
import Testing
import Timelines

struct IntervalSetTests {
  @Test func mergesWhatOverlapsOrTouchesAndDropsWhatHasNoLength() {
    let set = IntervalSet([Interval(5, 7), Interval(1, 3), Interval(3, 4), Interval(6, 9), Interval(20, 20)])
    #expect(set.intervals == [Interval(1, 4), Interval(5, 9)])
    #expect(set.measure == 7)
  }

  @Test func intersectionAgreesWithCountingTenths() {
    var stream = RandomStream(seed: 5)
    for _ in 0..<200 {
      func some() -> [Interval] {
        (0..<stream.integer(in: 0...5)).map { _ in
          let start = stream.integer(in: 0...90)
          return Interval(Double(start), Double(start + stream.integer(in: 0...20)))
        }
      }
      let (first, second) = (some(), some())
      let both = (0..<120).filter { second in
        let point = Double(second) + 0.5
        return first.contains { $0.start < point && point < $0.end }
      }.filter { tick in
        let point = Double(tick) + 0.5
        return second.contains { $0.start < point && point < $0.end }
      }
      #expect(IntervalSet(first).intersectionMeasure(with: IntervalSet(second)) == Double(both.count))
    }
  }

  @Test func clippingKeepsTheInside() {
    #expect(
      IntervalSet([Interval(0, 4), Interval(8, 12)]).clipped(to: Interval(2, 9)).intervals == [Interval(2, 4), Interval(8, 9)])
  }

  @Test func anIntervalRunsForwardBetweenFiniteTimes() {
    #expect(Interval(start: 2, end: 1) == nil)
    #expect(Interval(start: .nan, end: 1) == nil)
    #expect(Interval(start: 0, end: .infinity) == nil)
    #expect(Interval(start: 1, end: 1)?.duration == 0)
  }
}
