public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// F-measure of boundaries: a start or an end is right within a tolerance of a true one, whichever it is.
///
/// The boundaries are all starts and ends of the merged sets; as many as one-to-one matching within the tolerance allows are
/// right; F = (1 + β²)PR/(β²P + R).
///
/// - Both sets empty: 1; one empty: 0.
///
/// Turnbull et al. 2007; `mir_eval.segment.detection` with windows of 0.5 s and 3 s, on interval sets rather than segmentations.
public struct BoundaryF: IntervalReward, ConfigurableReward {
  public static let name = "boundary-f"

  public static let documentation = RewardDocumentation(
    summary: "F-measure of starts and ends that lie within a tolerance of true ones.",
    formula: "(1 + β²)PR/(β²P + R) of boundaries matched one to one within the tolerance, in s",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "Turnbull et al. 2007; mir_eval.segment.detection (0.5 s, 3 s).",
    family: .intervalSets, kinds: [.intervals], promises: [.exactIsBest, .duplication, .splitting, .permutation])

  let tolerance: Double
  let beta: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - tolerance: the greatest error of a boundary that counts, seconds, 0…600.
  ///   - beta: above 1 recall weighs more than precision, 0.01…100.
  ///   - references: what several references of one question are to each other.
  public init(tolerance: Double = 3, beta: Double = 1, references: ReferenceRule = .union) {
    self.tolerance = tolerance
    self.beta = beta
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      tolerance: options.number(
        "tolerance", default: usual.tolerance, in: 0...600, unit: "s", help: "greatest error of a boundary that counts"),
      beta: options.number("beta", default: usual.beta, in: 0.01...100, help: "above 1 recall weighs more than precision"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let answer = IntervalSet(answer).intervals.flatMap { [$0.start, $0.end] }
    let reference = IntervalSet(reference).intervals.flatMap { [$0.start, $0.end] }
    guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    // Times too late to be events match nothing, and still count as answered.
    let matches = EventMatching.size(
      reference: EventTimes(sorting: reference), estimated: EventTimes(sorting: answer), window: tolerance)
    return PrecisionRecall(matches: matches, referenceCount: reference.count, estimatedCount: answer.count).fMeasure(beta: beta)
  }
}
