public import Options
public import Questions
public import Rewards
package import Timelines

/// Balance of how much of the answered time is right and how much of the reference is found.
///
/// Of merged sets with P = |∪p ∩ ∪r|/(|∪p| + ε) and R = |∪p ∩ ∪r|/(|∪r| + ε): (1 + β²)PR/(β²P + R + ε). With β = 1 and ε = 0
/// this is 2·IoU/(1 + IoU).
///
/// - Nothing answered and nothing to find: 1. One side empty: 0.
/// - MUSEG does not merge the reference, and can exceed 1; here both sides are merged.
///
/// With `credit: span` interval i gets the same formula with its own precision |pᵢ ∩ ∪r|/(|pᵢ| + ε) in the place of P.
///
/// van Rijsbergen 1979; with `smoothing` 1e-6 MUSEG's global matching (arXiv 2505.20715) on references that do not overlap.
public struct IntervalF1: IntervalReward, SpanCreditReward, ConfigurableReward {
  public static let name = "interval-f1"

  public static let documentation = RewardDocumentation(
    summary: "Balance of how much of the answered time is right and how much of the reference is found.",
    formula: "(1 + β²)PR/(β²P + R + ε), P = |∪p ∩ ∪r|/(|∪p| + ε), R = |∪p ∩ ∪r|/(|∪r| + ε), lengths in s",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "van Rijsbergen 1979; MUSEG (arXiv 2505.20715) global matching with smoothing 1e-6.",
    family: .intervalSets, kinds: [.intervals], promises: [.monotone, .duplication, .splitting, .permutation])

  let beta: Double
  let smoothing: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - beta: above 1 what is found weighs more than what is right, 0.01…100.
  ///   - smoothing: ε in seconds, 0…1, added to the divisors as MUSEG does.
  ///   - references: what several references of one question are to each other.
  public init(beta: Double = 1, smoothing: Double = 0, references: ReferenceRule = .union) {
    self.beta = beta
    self.smoothing = smoothing
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      beta: options.number(
        "beta", default: usual.beta, in: 0.01...100, help: "above 1 what is found weighs more than what is right"),
      smoothing: options.number(
        "smoothing", default: usual.smoothing, in: 0...1, unit: "s", help: "ε, added to the divisors as MUSEG does"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let coverage = Coverage(answer: answer, reference: reference)
    guard coverage.answer > 0 || coverage.reference > 0 else { return 1 }
    return score(precision: coverage, recall: coverage)
  }

  public func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    intervalCredits(for: answer, at: spans, to: question, credit)
  }

  private func credit(_ interval: Coverage, within coverage: Coverage) -> Double {
    score(precision: interval, recall: coverage)
  }

  private func score(precision ours: Coverage, recall theirs: Coverage) -> Double {
    guard ours.both > 0, theirs.both > 0 else { return 0 }
    let precision = ours.both / (ours.answer + smoothing)
    let recall = theirs.both / (theirs.reference + smoothing)
    let square = beta * beta
    return min(1, finite((1 + square) * precision * recall / (square * precision + recall + smoothing)))
  }
}
