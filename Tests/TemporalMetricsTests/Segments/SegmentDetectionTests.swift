import TemporalMetrics
import Testing
import Timelines

struct SegmentDetectionTests {
  private let form = Segmentation(intervals: [Interval(0, 10), Interval(10, 25), Interval(25, 40)], labels: ["A", "B", "a"])

  @Test func boundariesAreRoundedJoinedAndTrimmed() {
    let rough = Segmentation(intervals: [Interval(0, 1.000001), Interval(1.000004, 2), Interval(5, 6)])
    #expect(rough.boundaries() == [0, 1, 2, 5, 6])
    #expect(rough.boundaries(trimmed: true) == [1, 2, 5])
    #expect(Segmentation(intervals: []).boundaries(trimmed: true) == [])
  }

  @Test func trimmingHidesTheEndsOfTheTrack() throws {
    let other = Segmentation(intervals: [Interval(0, 18), Interval(18, 40)])
    let all = try SegmentDetection.score(reference: form, estimated: other, window: 0.5)
    #expect(all.precision == 2.0 / 3 && all.recall == 0.5)
    let trimmed = try SegmentDetection.score(reference: form, estimated: other, window: 0.5, trimmed: true)
    #expect(trimmed.fMeasure() == 0)
    let deviation = try #require(try SegmentDetection.deviation(reference: form, estimated: other, trimmed: true))
    #expect(deviation.referenceToEstimated == 7.5 && deviation.estimatedToReference == 7)
  }

  @Test func refusesSegmentsWithoutLength() {
    let flat = Segmentation(intervals: [Interval(0, 10), Interval(10, 10)])
    #expect(throws: AnnotationError.self) { try SegmentDetection.score(reference: form, estimated: flat) }
    let early = Segmentation(intervals: [Interval(-1, 10)])
    #expect(throws: AnnotationError.self) { try SegmentDetection.deviation(reference: early, estimated: form) }
  }

  @Test func adjustingFillsAndCuts() throws {
    let adjusted = try Segmentation(intervals: [Interval(5, 15), Interval(15, 30)], labels: ["x", "y"]).adjusted(
      from: 0, to: 20)
    #expect(adjusted.intervals == [Interval(0, 5), Interval(5, 15), Interval(15, 20)])
    #expect(adjusted.labels == ["__T_MIN", "x", "y"])
    #expect(try form.adjusted(from: 0, to: 40) == form)
    #expect(throws: AnnotationError.self) { try Segmentation(intervals: []).adjusted(from: 0, to: nil) }
    #expect(throws: AnnotationError.self) { try Segmentation(intervals: [Interval(5, 6)]).adjusted(from: nil, to: 4) }
  }
}
