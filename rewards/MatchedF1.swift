public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// F1 of intervals matched one to one: an answered interval is right where it overlaps a true one by enough.
///
/// At each threshold m as many pairs with IoU ≥ m as one-to-one matching allows are right; F1 = 2·pairs/(n_p + n_r), averaged over
/// the thresholds.
///
/// - Both lists empty: 1; one empty: 0. Intervals of length zero count as none.
/// - A repeated interval is one too many: it costs precision and never pays.
/// - Of an answer of more than 1,000 intervals the first 1,000 can be right; the others are too many.
///
/// F1@IoU of dense video captioning and of MUSEG's evaluation, with maximum matching in place of “any overlap counts”.
public struct MatchedF1: IntervalReward, ConfigurableReward {
  public static let name = "matched-f1"

  public static let documentation = RewardDocumentation(
    summary: "F1 of intervals matched one to one, where they overlap by enough.",
    formula: "meanₘ 2·|M(m)|/(n_p + n_r), M(m) the largest one-to-one matching of pairs with IoU ≥ m",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "F1@IoU with maximum matching (Hopcroft and Karp 1973).",
    family: .intervalSets, kinds: [.intervals], promises: [.exactIsBest, .monotone, .permutation])

  let thresholds: [Double]
  package let references: ReferenceRule

  /// Traps where there is no threshold.
  ///
  /// - Parameters:
  ///   - thresholds: IoU from which a pair is right, 0.001…1 each; the score is the mean over them.
  ///   - references: what several references of one question are to each other.
  public init(thresholds: [Double] = [0.3, 0.5, 0.7], references: ReferenceRule = .union) {
    precondition(!thresholds.isEmpty, "matched-f1: 'thresholds' is empty: name at least one overlap")
    self.init(thresholds, references)
  }

  private init(_ thresholds: [Double], _ references: ReferenceRule) {
    self.thresholds = thresholds
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    let thresholds = options.numbers(
      "thresholds", default: usual.thresholds, in: 0.001...1, help: "IoU from which a pair is right")
    if thresholds.isEmpty { options.record("is empty: name at least one overlap", at: "thresholds") }
    self.init(thresholds, ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let answer = answer.filter { $0.duration > 0 }
    let reference = reference.filter { $0.duration > 0 }
    guard !answer.isEmpty, !reference.isEmpty, !thresholds.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    // What is matched is bounded, so that no answer costs more than a million pairs.
    let tried = answer.prefix(InputLimit.references)
    let overlaps = reference.map { truth in
      tried.map { SpanOverlap(predicted: $0, reference: truth).iou ?? 0 }
    }
    let sum = thresholds.reduce(0.0) { sum, threshold in
      let matching = BipartiteMatching(leftCount: reference.count, rightCount: tried.count) { overlaps[$0][$1] >= threshold }
      return sum + 2 * Double(matching.size) / Double(answer.count + reference.count)
    }
    return sum / Double(thresholds.count)
  }
}
