public import Options
import Questions
public import Rewards
package import Timelines

/// Closeness of the length of the answered time to that of the true time.
///
/// min(|∪p|, |∪r|)/max(|∪p|, |∪r|), lengths in seconds of the merged sets.
///
/// - Both empty: 1; one empty: 0. It says nothing of where the time is.
///
/// The bounded form of TimeLens2's length-ratio penalty −|log₁₀(|p|/|r|)|, which is −∞ for an answer without end.
public struct DurationRatio: IntervalReward, ConfigurableReward {
  public static let name = "duration-ratio"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of the length of the answered time to that of the true time.",
    formula: "min(|∪p|, |∪r|)/max(|∪p|, |∪r|), s",
    degenerateCases: "Both empty: 1; one empty: 0. Nothing readable: 0.",
    source: "The bounded form of TimeLens2's length-ratio penalty.",
    family: .shaping, kinds: [.intervals], promises: [.exactIsBest, .duplication, .splitting, .permutation])

  package let references: ReferenceRule

  /// - Parameter references: what several references of one question are to each other.
  public init(references: ReferenceRule = .union) {
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let coverage = Coverage(answer: answer, reference: reference)
    let longer = max(coverage.answer, coverage.reference)
    return longer > 0 ? finite(min(coverage.answer, coverage.reference) / longer) : 1
  }
}
