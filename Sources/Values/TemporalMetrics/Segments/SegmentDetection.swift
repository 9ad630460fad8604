import SeedStatistics

/// How well the boundaries of two segmentations agree, whatever the labels.
///
/// Turnbull, Lanckriet, Pampalk and Goto 2007, *A Supervised Approach for Detecting Boundaries in Music Using Difference
/// Features and Boosting*; agrees with `mir_eval.segment`.
public enum SegmentDetection {
  /// Precision and recall of boundaries matched one to one within `window` seconds; MIREX uses 0.5 s and 3 s.
  ///
  /// Both are 0 where either side has no boundary, as after trimming a single segment. Throws where a segment starts before 0
  /// or has no length.
  public static func score(
    reference: Segmentation, estimated: Segmentation, window: Double = 0.5, trimmed: Bool = false
  ) throws(AnnotationError) -> PrecisionRecall {
    try reference.requirePositiveLengths()
    try estimated.requirePositiveLengths()
    let references = reference.boundaries(trimmed: trimmed)
    let estimates = estimated.boundaries(trimmed: trimmed)
    return PrecisionRecall(
      matches: EventMatching.size(reference: references, estimated: estimates, window: window),
      referenceCount: references.count, estimatedCount: estimates.count)
  }

  /// Median seconds from a boundary of one side to the nearest of the other.
  public struct Deviation: Sendable, Hashable {
    public var referenceToEstimated: Double
    public var estimatedToReference: Double
  }

  /// `nil` where either side has no boundary; 0 for identical segmentations.
  ///
  /// Throws as `score` does.
  public static func deviation(
    reference: Segmentation, estimated: Segmentation, trimmed: Bool = false
  ) throws(AnnotationError) -> Deviation? {
    try reference.requirePositiveLengths()
    try estimated.requirePositiveLengths()
    let references = reference.boundaries(trimmed: trimmed)
    let estimates = estimated.boundaries(trimmed: trimmed)
    guard let forward = medianGap(from: references, to: estimates), let back = medianGap(from: estimates, to: references)
    else { return nil }
    return Deviation(referenceToEstimated: forward, estimatedToReference: back)
  }

  private static func medianGap(from times: [Double], to others: [Double]) -> Double? {
    guard !others.isEmpty else { return nil }
    return Quantile.median(times.map { abs($0 - others[BeatMetrics.nearest(to: $0, in: others)]) })
  }
}
