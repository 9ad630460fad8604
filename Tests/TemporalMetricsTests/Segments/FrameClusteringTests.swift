import TemporalMetrics
import Testing
import Timelines

struct FrameClusteringTests {
  private let form = Segmentation(intervals: [Interval(0, 10), Interval(10, 25), Interval(25, 40)], labels: ["A", "B", "a"])

  @Test func identicalSegmentationsScoreOneUnderAnyNames() throws {
    let renamed = Segmentation(intervals: form.intervals, labels: ["x", "y", "X"])
    let frames = try FrameClustering(reference: form, estimated: renamed)
    #expect(frames.pairwise.fMeasure() == 1)
    #expect(frames.randIndex == 1)
    #expect(abs(frames.adjustedRandIndex - 1) < 1e-12)
    #expect(abs(frames.vMeasure.fMeasure() - 1) < 1e-12)
    #expect(abs(frames.mutualInformation.normalized - 1) < 1e-12)
    #expect(abs(frames.mutualInformation.adjusted - 1) < 1e-9)
  }

  @Test func cuttingFinerIsOverSegmentation() throws {
    let finer = Segmentation(
      intervals: [Interval(0, 5), Interval(5, 10), Interval(10, 25), Interval(25, 40)], labels: ["a", "c", "b", "a"])
    let frames = try FrameClustering(reference: form, estimated: finer)
    #expect(frames.pairwise.precision == 1 && frames.pairwise.recall < 1)
    #expect(abs(frames.vMeasure.recall - 1) < 1e-12 && frames.vMeasure.precision < 1)
    let swapped = try FrameClustering(reference: finer, estimated: form)
    #expect(swapped.pairwise.precision == frames.pairwise.recall)
    #expect(abs(swapped.adjustedRandIndex - frames.adjustedRandIndex) < 1e-15)
  }

  @Test func oneLabelForAllTellsNothing() throws {
    let whole = Segmentation(intervals: [Interval(0, 40)], labels: ["song"])
    let mutual = try FrameClustering(reference: form, estimated: whole).mutualInformation
    #expect(mutual.information == 0 && mutual.adjusted == 0 && mutual.normalized == 0)
    #expect(try FrameClustering(reference: whole, estimated: whole).mutualInformation.normalized == 1)
  }

  @Test(arguments: [
    (Segmentation(intervals: [Interval(1, 40)], labels: ["x"]), AnnotationError.Code.lateStart),
    (Segmentation(intervals: [Interval(0, 41)], labels: ["x"]), .differentEnds),
    (Segmentation(intervals: [Interval(0, 40)]), .unlabelled),
    (Segmentation(intervals: [Interval(0, 40), Interval(40, 40)], labels: ["x", "y"]), .empty),
  ])
  func refusesWhatCannotBeCompared(estimated: Segmentation, code: AnnotationError.Code) {
    do {
      _ = try FrameClustering(reference: form, estimated: estimated)
      Issue.record("should have been refused")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test func noSegmentsScoreZero() throws {
    let frames = try FrameClustering(reference: form, estimated: Segmentation(intervals: []))
    #expect(frames.pairwise.fMeasure() == 0 && frames.randIndex == 0 && frames.mutualInformation.normalized == 0)
  }
}
