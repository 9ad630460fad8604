public import Timelines

/// How well a set of predicted intervals covers a set of reference intervals, by measure.
///
/// With lengths in seconds of the two unions P and R and of what both cover:
///
///     IoU = |P ∩ R| / |P ∪ R|    precision = |P ∩ R| / |P|    recall = |P ∩ R| / |R|    F1 = 2·|P ∩ R| / (|P| + |R|)
///
/// Each lies in 0…1, and is `nil` where it would be 0/0: precision without a prediction, recall without a reference, IoU and F1
/// where both sets are empty. F1 = 2·IoU/(1 + IoU) for one pair of sets; means over questions obey no such law.
public struct IntervalOverlap: Sendable, Hashable {
  /// Seconds that both sets cover.
  public var intersection: Double
  /// Seconds that the prediction covers.
  public var predicted: Double
  /// Seconds that the reference covers.
  public var reference: Double

  @inlinable
  public init(predicted: IntervalSet, reference: IntervalSet) {
    intersection = predicted.intersectionMeasure(with: reference)
    self.predicted = predicted.measure
    self.reference = reference.measure
  }

  /// Seconds that either set covers.
  @inlinable
  public var union: Double { predicted + reference - intersection }

  @inlinable
  public var iou: Double? { Self.ratio(intersection, union) }

  @inlinable
  public var precision: Double? { Self.ratio(intersection, predicted) }

  @inlinable
  public var recall: Double? { Self.ratio(intersection, reference) }

  @inlinable
  public var f1: Double? { Self.ratio(2 * intersection, predicted + reference) }

  @usableFromInline
  static func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
}
