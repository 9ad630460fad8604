import TemporalMetrics
import Testing
import Timelines

struct IntervalOverlapTests {
  @Test func zeroOverZeroIsNothing() {
    let none = IntervalSet([])
    let some = IntervalSet([Interval(1, 3)])
    let empty = IntervalOverlap(predicted: none, reference: none)
    #expect(empty.iou == nil && empty.precision == nil && empty.recall == nil && empty.f1 == nil)
    let missed = IntervalOverlap(predicted: none, reference: some)
    #expect(missed.iou == 0 && missed.precision == nil && missed.recall == 0 && missed.f1 == 0)
    let invented = IntervalOverlap(predicted: some, reference: none)
    #expect(invented.iou == 0 && invented.precision == 0 && invented.recall == nil && invented.f1 == 0)
  }

  @Test func f1FollowsFromIoU() throws {
    let overlap = IntervalOverlap(
      predicted: IntervalSet([Interval(0, 4), Interval(6, 9)]), reference: IntervalSet([Interval(2, 7)]))
    let iou = try #require(overlap.iou)
    #expect(overlap.intersection == 3 && overlap.union == 9)
    #expect(try abs(#require(overlap.f1) - 2 * iou / (1 + iou)) < 1e-15)
  }
}
