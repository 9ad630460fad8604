public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// Generalised overlap of the first answered interval with the first true one, the second with the second, and so on.
///
/// Both lists are sorted by start and paired in that order; Σ ½(1 + GIoU)/max(n_p, n_r) over the pairs, so that each interval too
/// many or too few scores 0.
///
/// - Both lists empty: 1; one empty: 0. Intervals of length zero count as none.
/// - Intervals are not merged: a repeated interval counts as one too many.
/// - MUSEG pairs in the order written, and so pays a perfect answer 1/7 for being written backwards; sorting mends that.
///
/// TimeLens2 `ngiou`; MUSEG's local matching (arXiv 2505.20715) on sorted answers.
public struct LocalGIoU: IntervalReward, ConfigurableReward {
  public static let name = "local-giou"

  public static let documentation = RewardDocumentation(
    summary:
      "Generalised overlap of the first answered interval with the first true one, the second with the second, and so on.",
    formula: "Σᵢ ½(1 + GIoU(pᵢ, rᵢ)) / max(n_p, n_r), both lists sorted by start",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "TimeLens2 ngiou; MUSEG (arXiv 2505.20715) local matching on sorted answers.",
    family: .intervalSets, kinds: [.intervals], promises: [.exactIsBest, .permutation])

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
    let answer = Self.sorted(answer)
    let reference = Self.sorted(reference)
    let most = max(answer.count, reference.count)
    guard most > 0 else { return 1 }
    let sum = zip(answer, reference).reduce(0) { sum, pair in
      sum + 0.5 * (1 + (SpanOverlap(predicted: pair.0, reference: pair.1).generalizedIoU ?? -1))
    }
    return min(1, max(0, finite(sum / Double(most))))
  }

  private static func sorted(_ intervals: [Interval]) -> [Interval] {
    intervals.filter { $0.duration > 0 }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  }
}
