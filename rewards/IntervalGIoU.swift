public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// Generalised overlap of one interval with one, scaled to 0…1: a disjoint answer still learns how far off it is.
///
/// With the hull H the shortest interval that holds both: GIoU = IoU − (|H| − |P ∪ R|)/|H|, and the score is (1 + GIoU)/2.
///
/// - A disjoint answer that touches the reference scores ½; the score tends to 0 with distance.
/// - The whole track scores above ½: give it a partner that charges length.
///
/// Rezatofighi et al. 2019, *Generalized Intersection over Union*; scaled as in MUSEG (arXiv 2505.20715).
public struct IntervalGIoU: SpanReward, ConfigurableReward {
  public static let name = "interval-giou"

  public static let documentation = RewardDocumentation(
    summary: "Generalised overlap of one interval with one, scaled to 0…1.",
    formula: "(1 + GIoU)/2, GIoU = |P ∩ R|/|P ∪ R| − (|H| − |P ∪ R|)/|H|, H the hull, lengths in s",
    degenerateCases: "Several references: alternatives. A reference of several intervals: does not apply. No single answer: 0.",
    source: "Rezatofighi et al. 2019; MUSEG (arXiv 2505.20715).",
    family: .interval, kinds: [.intervals], promises: [.exactIsBest, .duplication, .splitting, .permutation])

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
    0.5 * (1 + (SpanOverlap(predicted: answer, reference: reference).generalizedIoU ?? -1))
  }
}
