import TemporalMetrics
import Testing
import Timelines

struct SpanOverlapTests {
  @Test func disjointSpansFallBelowZeroOnlyInTheGeneralizedForm() {
    let apart = SpanOverlap(predicted: Interval(0, 1), reference: Interval(3, 4))
    #expect(apart.iou == 0 && apart.hullIoU == 0 && apart.generalizedIoU == -0.5)
    let same = SpanOverlap(predicted: Interval(2, 5), reference: Interval(2, 5))
    #expect(same.iou == 1 && same.hullIoU == 1 && same.generalizedIoU == 1)
  }

  @Test func twoInstantsHaveNoOverlapToMeasure() {
    let same = SpanOverlap(predicted: Interval(2, 2), reference: Interval(2, 2))
    #expect(same.iou == nil && same.hullIoU == nil && same.generalizedIoU == nil)
    let apart = SpanOverlap(predicted: Interval(2, 2), reference: Interval(3, 3))
    #expect(apart.iou == nil && apart.hullIoU == 0)
  }
}
