import Options
import Questions
import Rewards
import Timelines

/// Closeness of the length of the answered time to that of the true time.
///
/// min(|∪p|, |∪r|)/max(|∪p|, |∪r|), lengths in seconds of the merged sets.
///
/// - Both empty: 1; one empty: 0. It says nothing of where the time is.
///
/// The bounded form of TimeLens2's length-ratio penalty −|log₁₀(|p|/|r|)|, which is −∞ for an answer without end.
struct DurationRatio: IntervalReward {
  static let name = "duration-ratio"

  static let documentation = RewardDocumentation(
    summary: "Closeness of the length of the answered time to that of the true time.",
    formula: "min(|∪p|, |∪r|)/max(|∪p|, |∪r|), s",
    degenerateCases: "Both empty: 1; one empty: 0. Nothing readable: 0.",
    source: "The bounded form of TimeLens2's length-ratio penalty.",
    family: .shaping, kinds: [.intervals], promises: [.exactIsBest, .duplication, .splitting, .permutation])

  let references: ReferenceRule

  init(options: inout OptionReader) {
    references = ReferenceRule(options: &options)
  }

  var range: ClosedRange<Double> { 0...1 }

  func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let coverage = Coverage(answer: answer, reference: reference)
    let longer = max(coverage.answer, coverage.reference)
    return longer > 0 ? finite(min(coverage.answer, coverage.reference) / longer) : 1
  }
}
