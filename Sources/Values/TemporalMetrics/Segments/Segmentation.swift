public import Timelines

/// A track cut into labelled segments, as annotated or as estimated.
///
/// Nothing is required of it before it is measured: every measure checks its input and throws what is wrong.
public struct Segmentation: Sendable, Hashable {
  public var intervals: [Interval]
  /// One label a segment; equal but for case means the same kind of segment.
  ///
  /// Empty where labels do not matter.
  public var labels: [String]

  public init(intervals: [Interval], labels: [String] = []) {
    self.intervals = intervals
    self.labels = labels
  }

  /// Throws where a segment starts before 0 or has no length.
  func requirePositiveLengths() throws(AnnotationError) {
    for (index, interval) in intervals.enumerated() {
      guard interval.start >= 0 else {
        throw AnnotationError(
          .negative, "segment \(index) starts at \(interval.start) s; a track starts at 0 s: correct or clip the annotation")
      }
      guard interval.end > interval.start else {
        throw AnnotationError(
          .empty, "segment \(index) starts and ends at \(interval.start) s; a segment has a length: drop it")
      }
    }
  }

  /// Start of the first and end of the last segment, in seconds; `nil` without segments.
  var span: Interval? {
    guard let first = intervals.first else { return nil }
    return intervals.dropFirst().reduce(first) {
      Interval(min($0.start, $1.start), max($0.end, $1.end))
    }
  }
}
