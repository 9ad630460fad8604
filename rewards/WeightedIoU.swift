public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// Overlap of one interval with one, weighted by how near its start and its end are.
///
/// IoU·max(0, 1 − |s − s*|/T)·max(0, 1 − |e − e*|/T), times and the track's length T in seconds.
///
/// - Disjoint answers score 0, however near. An end more than a track's length off scores 0: the published form turns
///   negative there, which pays a refusal more than an attempt.
///
/// Time-R1 (arXiv 2503.13377), `iou_timestamp_reward_v2`.
public struct WeightedIoU: SpanReward, ConfigurableReward {
  public static let name = "weighted-iou"

  public static let documentation = RewardDocumentation(
    summary: "Overlap of one interval with one, weighted by how near its start and its end are.",
    formula: "IoU·max(0, 1 − |s − s*|/T)·max(0, 1 − |e − e*|/T), times in s, T the track's length",
    degenerateCases: "Several references: alternatives. A reference of several intervals: does not apply. No single answer: 0.",
    source: "Time-R1 (arXiv 2503.13377), iou_timestamp_reward_v2, without its negative values.",
    family: .interval, kinds: [.intervals], promises: [.exactIsBest, .monotone, .duplication, .splitting, .permutation])

  package let references: ReferenceRule

  /// - Parameter references: what several references of one question are to each other.
  public init(references: ReferenceRule = .bestOf) {
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: Interval, with reference: Interval, duration: Double) -> Double {
    let start = max(0, 1 - abs(answer.start - reference.start) / duration)
    let end = max(0, 1 - abs(answer.end - reference.end) / duration)
    return (SpanOverlap(predicted: answer, reference: reference).iou ?? 0) * start * end
  }
}
