import Numbers
import Timelines

/// Detections judged on a grid of segments: a label is active in a segment or not.
///
/// An event makes its label active from segment ⌊start/resolution⌋ up to ⌈end/resolution⌉, so that 1 ms in a segment counts as
/// the whole. In each segment S = min(references, estimates) − true positives, D and I are what one side has more.
public struct SegmentBasedDetection: Sendable, Hashable {
  /// Seconds.
  public var resolution: Double
  public var labels: [String]

  /// Traps where the resolution is not positive.
  public init(labels: [String], resolution: Double = 1) {
    precondition(resolution > 0, "a segment has a length")
    self.labels = labels
    self.resolution = resolution
  }

  /// Counts of one file over `length` seconds, or up to the last offset of either side.
  ///
  /// Throws where an event has a label that is not evaluated or starts before 0.
  public func counts(
    reference: [SoundEvent], estimated: [SoundEvent], length: Double? = nil
  ) throws(AnnotationError) -> SoundEventCounts {
    let end = length ?? (reference + estimated).reduce(0) { max($0, $1.interval.end) }
    let segmentCount = Int(saturating: (end / resolution).rounded(.up))
    let references = try activity(of: reference, segmentCount: segmentCount)
    let estimates = try activity(of: estimated, segmentCount: segmentCount)
    return zip(references, estimates).reduce(SoundEventCounts()) { $0 + Self.counts(reference: $1.0, estimated: $1.1) }
  }

  /// `[segment][label]`.
  private func activity(of events: [SoundEvent], segmentCount: Int) throws(AnnotationError) -> [[Bool]] {
    var roll = Array(repeating: Array(repeating: false, count: labels.count), count: segmentCount)
    for (index, event) in events.enumerated() {
      guard let column = labels.firstIndex(of: event.label) else {
        throw AnnotationError(
          .unknownLabel, "event \(index) is labelled “\(event.label)”; allowed are \(labels.joined(separator: ", "))")
      }
      guard event.interval.start >= 0 else {
        throw AnnotationError(.negative, "event \(index) starts at \(event.interval.start) s; clip it to start at 0 s")
      }
      let first = Int(saturating: (event.interval.start / resolution).rounded(.down))
      let last = min(Int(saturating: (event.interval.end / resolution).rounded(.up)), segmentCount)
      for segment in first..<max(first, last) { roll[segment][column] = true }
    }
    return roll
  }

  private static func counts(reference: [Bool], estimated: [Bool]) -> SoundEventCounts {
    var counts = SoundEventCounts()
    for pair in zip(reference, estimated) {
      switch pair {
      case (true, true): counts.truePositives += 1
      case (false, false): counts.trueNegatives += 1
      case (false, true): counts.falsePositives += 1
      case (true, false): counts.falseNegatives += 1
      }
    }
    counts.references = counts.truePositives + counts.falseNegatives
    counts.estimates = counts.truePositives + counts.falsePositives
    counts.substitutions = min(counts.references, counts.estimates) - counts.truePositives
    counts.deletions = max(0, counts.references - counts.estimates)
    counts.insertions = max(0, counts.estimates - counts.references)
    return counts
  }
}
