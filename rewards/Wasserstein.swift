public import Options
import Questions
import RealModule
public import Rewards
package import Timelines

/// Closeness in time of two interval sets as masses: how far the answered time must be moved to become the true time.
///
/// exp(−β·W₁(U_P, U_R)/|∪R|) with the uniform laws on the merged sets and W₁ = ∫|F_P − F_R| dt in seconds, computed exactly.
///
/// - Both sets empty: 1; one empty: 0.
/// - The norm is the reference's length, which no answer can enlarge. A short answer in the middle of a long reference scores
///   well, and long references forgive much: combine it with an overlap.
///
/// TimeLens2 `twass` (β = 1 in its recipe).
public struct Wasserstein: IntervalReward, ConfigurableReward {
  public static let name = "wasserstein"

  public static let documentation = RewardDocumentation(
    summary: "Closeness in time of two interval sets as masses.",
    formula: "exp(−β·W₁(U_P, U_R)/|∪R|), W₁ = ∫|F_P(t) − F_R(t)| dt, s",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "TimeLens2 twass; Kantorovich 1942.",
    family: .intervalSets, kinds: [.intervals], promises: [.exactIsBest, .duplication, .splitting, .permutation])

  let beta: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - beta: β, how fast the score falls with distance, 0.001…1000.
  ///   - references: what several references of one question are to each other.
  public init(beta: Double = 1, references: ReferenceRule = .union) {
    self.beta = beta
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      beta: options.number(
        "beta", default: usual.beta, in: 0.001...1000, help: "β, how fast the score falls with distance"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let answer = IntervalSet(answer)
    let reference = IntervalSet(reference)
    guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    return finite(.exp(-beta * transportDistance(answer, reference) / reference.measure))
  }
}
