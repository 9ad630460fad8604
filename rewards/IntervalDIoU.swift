public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// Overlap of one interval with one, less the squared distance of their centres, scaled to 0…1.
///
/// With the centres c and the hull H: DIoU = IoU − (c_P − c_R)²/|H|², and the score is (1 + DIoU)/2.
///
/// - An interval around the right centre loses nothing by distance, however long it is; the overlap charges its length.
///
/// Zheng et al. 2020, *Distance-IoU Loss*, equation 7, in one dimension.
public struct IntervalDIoU: SpanReward, ConfigurableReward {
  public static let name = "interval-diou"

  public static let documentation = RewardDocumentation(
    summary: "Overlap of one interval with one, less the squared distance of their centres, scaled to 0…1.",
    formula: "(1 + DIoU)/2, DIoU = |P ∩ R|/|P ∪ R| − (c_P − c_R)²/|H|², H the hull, lengths in s",
    degenerateCases: "Several references: alternatives. A reference of several intervals: does not apply. No single answer: 0.",
    source: "Zheng et al. 2020, Distance-IoU Loss, eq. 7.",
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
    let overlap = SpanOverlap(predicted: answer, reference: reference)
    let distance = (answer.center - reference.center) / overlap.hull
    return 0.5 * (1 + (overlap.iou ?? 0) - distance * distance)
  }
}
