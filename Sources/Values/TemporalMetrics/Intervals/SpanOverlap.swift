public import Timelines

/// How well one predicted interval covers one reference interval.
///
/// With the hull the shortest interval that holds both, lengths in seconds.
public struct SpanOverlap: Sendable, Hashable {
  /// Seconds that both cover.
  public var intersection: Double
  /// Seconds that either covers.
  public var union: Double
  /// Seconds from the earlier start to the later end.
  public var hull: Double

  @inlinable
  public init(predicted: Interval, reference: Interval) {
    intersection = max(0, min(predicted.end, reference.end) - max(predicted.start, reference.start))
    union = predicted.duration + reference.duration - intersection
    hull = max(predicted.end, reference.end) - min(predicted.start, reference.start)
  }

  /// Intersection over union, 0…1; `nil` where both have no length.
  @inlinable
  public var iou: Double? { union > 0 ? intersection / union : nil }

  /// Intersection over hull, 0…1: equal to IoU for overlapping intervals, 0 for disjoint ones; `nil` where the hull has no
  /// length.
  ///
  /// The form that TimeZero and Time-R1 compute.
  @inlinable
  public var hullIoU: Double? { hull > 0 ? intersection / hull : nil }

  /// IoU − (hull − union)/hull, −1…1: below 0 for intervals far apart; `nil` where both have no length.
  ///
  /// Rezatofighi et al. 2019, *Generalized Intersection over Union*, algorithm 1, in one dimension.
  @inlinable
  public var generalizedIoU: Double? { iou.map { $0 - (hull - union) / hull } }
}
