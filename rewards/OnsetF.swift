public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// F-measure of onsets: an answered onset is right within a tolerance of a true one.
///
/// The onsets are the starts of the intervals, whatever their length; as many pairs as one-to-one matching within the tolerance
/// allows are right; F = 2PR/(P + R).
///
/// - Nothing answered and nothing to find: 1; one side empty: 0 (mir_eval scores both 0).
/// - An onset written twice is two onsets.
///
/// Böck, Krebs and Schedl 2012; `mir_eval.onset.f_measure` (0.05 s).
public struct OnsetF: IntervalReward, ConfigurableReward {
  public static let name = "onset-f"

  public static let documentation = RewardDocumentation(
    summary: "F-measure of onsets that lie within a tolerance of true ones.",
    formula: "2PR/(P + R) of the starts of intervals, matched one to one within the tolerance, in s",
    degenerateCases: "Both empty: 1; one empty: 0. Onsets after 30,000 s match nothing. Nothing readable: 0.",
    source: "Böck, Krebs and Schedl 2012; mir_eval.onset.f_measure.",
    family: .events, kinds: [.intervals], promises: [.exactIsBest, .permutation])

  let tolerance: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - tolerance: the greatest error of an onset that counts, seconds, 0…600.
  ///   - references: what several references of one question are to each other.
  public init(tolerance: Double = 0.05, references: ReferenceRule = .union) {
    self.tolerance = tolerance
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      tolerance: options.number(
        "tolerance", default: usual.tolerance, in: 0...600, unit: "s", help: "greatest error of an onset that counts"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    let matches = EventMatching.size(
      reference: EventTimes(startsOf: reference), estimated: EventTimes(startsOf: answer), window: tolerance)
    return PrecisionRecall(matches: matches, referenceCount: reference.count, estimatedCount: answer.count).fMeasure()
  }
}
