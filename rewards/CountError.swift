public import Options
import Questions
public import Rewards
package import Timelines

/// Closeness of the number of answered intervals to the true number.
///
/// baseᵈ with d = |n_p − n_r|, the numbers of intervals after merging: 1 for the right number, 0.6 for one off.
///
/// - It says nothing of where they are. Questions of other kinds: does not apply. Nothing readable: 0.
///
/// The count factor of Orsta's detection reward (arXiv 2505.18129).
public struct CountError: IntervalReward, ConfigurableReward {
  public static let name = "count-error"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of the number of answered intervals to the true number.",
    formula: "base^|n_p − n_r|, numbers of intervals after merging",
    degenerateCases:
      "“None” counts as 0 intervals. Several references: the nearest number, or that of their union. Nothing readable: 0.",
    source: "Orsta (arXiv 2505.18129), factor 0.6^|n_p − n_r|.",
    family: .shaping, kinds: [.intervals], promises: [.exactIsBest, .duplication, .splitting, .permutation])

  let base: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - base: the factor for each interval too many or too few, 0.01…0.99.
  ///   - references: what several references of one question are to each other.
  public init(base: Double = 0.6, references: ReferenceRule = .union) {
    self.base = base
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      base: options.number(
        "base", default: usual.base, in: 0.01...0.99, help: "factor for each interval too many or too few"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let difference = abs(IntervalSet(answer).intervals.count - IntervalSet(reference).intervals.count)
    var score = 1.0
    for _ in 0..<min(difference, 10_000) { score *= base }
    return score
  }
}
