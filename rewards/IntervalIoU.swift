public import Options
public import Questions
import RealModule
public import Rewards
package import Timelines

/// Overlap of answered and reference time over their union.
///
/// IoU = |∪P ∩ ∪R| / |∪P ∪ ∪R|, lengths in seconds; with a precision weight w, IoU^(1−w)·(|∪P ∩ ∪R|/|∪P|)^w. Intervals that overlap or touch are merged first and those of length zero
/// dropped, so duplicates, order and cuts change nothing.
///
/// With `credit: span` interval i, of precision Pᵢ = |pᵢ ∩ ∪R|/|pᵢ|, gets the IoU of an answer of that precision and the whole
/// answer's recall r, Pᵢr/(Pᵢ + r − Pᵢr), and Pᵢ for the precision.
///
/// - Nothing answered and nothing to find: 1. One side empty: 0.
///
/// Jaccard 1912; as a reward of merged sets VideoChat-R1 and TimeLens2 `tiou`, which this equals on legal answers;
/// with w = 0.4 TimeLens2's precision-weighted IoU.
public struct IntervalIoU: IntervalReward, SpanCreditReward, ConfigurableReward {
  public static let name = "interval-iou"

  public static let documentation = RewardDocumentation(
    summary: "Overlap of answered and reference time over their union.",
    formula: "IoU^(1−w)·precision^w, IoU = |∪P ∩ ∪R|/|∪P ∪ ∪R|, precision = |∪P ∩ ∪R|/|∪P|, lengths in s",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "Jaccard 1912; VideoChat-R1 (arXiv 2504.06958) and TimeLens2 `tiou` on legal answers.",
    family: .intervalSets, kinds: [.intervals],
    promises: [.exactIsBest, .monotone, .duplication, .splitting, .permutation])

  let precisionWeight: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - precisionWeight: w, 0…1: the score is IoU^(1−w)·precision^w, so that length costs more.
  ///   - references: what several references of one question are to each other.
  public init(precisionWeight: Double = 0, references: ReferenceRule = .union) {
    self.precisionWeight = precisionWeight
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      precisionWeight: options.number(
        "precision-weight", default: usual.precisionWeight, in: 0...1,
        help: "w: the score is IoU^(1−w)·precision^w, so that length costs more"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let coverage = Coverage(answer: answer, reference: reference)
    guard precisionWeight > 0, coverage.both > 0 else { return coverage.ratio }
    return .pow(coverage.ratio, 1 - precisionWeight) * .pow(coverage.precision, precisionWeight)
  }

  public func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    intervalCredits(for: answer, at: spans, to: question, credit)
  }

  private func credit(_ interval: Coverage, within coverage: Coverage) -> Double {
    let (precision, recall) = (interval.precision, coverage.recall)
    guard precision > 0, recall > 0 else { return 0 }
    let overlap = precision * recall / (precision + recall - precision * recall)
    return precisionWeight > 0 ? .pow(overlap, 1 - precisionWeight) * .pow(precision, precisionWeight) : overlap
  }
}
