import Testing
import Timelines

struct CurveTests {
  private let curve = Curve(values: [0, 1, 0, 0, 3, 3, 0, 2, 0, 0], rate: 2)

  @Test func peaksAreTheLargestAround() {
    #expect(curve.peaks(above: 0.5, reach: 0.5) == [0.5, 2, 3.5])
    #expect(curve.peaks(above: 0.5, reach: 1.5) == [2])
    #expect(curve.peaks(above: 1.5, reach: 0.5) == [2, 3.5])
    #expect(curve.peakTime == 2)
    #expect(Curve(values: [], rate: 2).peakTime == nil)
  }

  @Test func whatIsNearIsWithinReach() throws {
    let largest = try #require(curve.largest(near: 0.6, reach: 0.7))
    #expect(largest.time == 0.5 && largest.value == 1)
    #expect(curve.indices(near: 100, reach: 1).isEmpty)
    #expect(curve.mean(in: Interval(1.5, 3)) == 2)
    #expect(curve.mean(in: Interval(50, 60)) == 0)
  }

  @Test func extremesAreStretchesNearTheLargestMean() {
    let stretches = Curve.stretches(between: [3, 1.5, 0, 9], duration: 5)
    #expect(stretches == [Interval(0, 1.5), Interval(1.5, 3), Interval(3, 5)])
    #expect(curve.extreme(highest: true, of: stretches, tolerance: 0) == [Interval(1.5, 3)])
    #expect(curve.extreme(highest: false, of: stretches, tolerance: 0.2) == [Interval(0, 1.5), Interval(3, 5)])
  }
}
