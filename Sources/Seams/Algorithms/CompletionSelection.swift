/// Which completions an update learns from.
///
/// A tied group teaches nothing: its advantages are 0. Kept, it still counts in the denominators of the aggregation and in
/// penalties on its tokens. Dropped, it leaves both. Refilled, further prompts are sampled in its place (dynamic sampling,
/// Yu et al. 2025, *DAPO*, §3.2), at most `refillRounds` times; what is then still missing is `fallback`.
public struct CompletionSelection: Sendable, Hashable {
  public enum TiedGroups: String, Sendable, Hashable, CaseIterable {
    case keep, drop, refill
  }

  /// What happens to tied groups that could not be replaced.
  public enum Fallback: String, Sendable, Hashable, CaseIterable {
    /// Go on with fewer groups.
    case drop
    /// Fill up with the tied ones.
    case keep
  }

  package var tiedGroups: TiedGroups
  /// Rounds of further sampling a step, at least 1.
  package var refillRounds: Int
  package var fallback: Fallback
  /// Whether completions that the limit on tokens cut off teach nothing: their tokens have weight 0.
  package var masksTruncated: Bool
  /// Whether a group is tied only where every component is, because the algorithm compares each by itself.
  package var comparesComponents = false

  public init(
    tiedGroups: TiedGroups = .keep, refillRounds: Int = 3, fallback: Fallback = .drop, masksTruncated: Bool = false
  ) {
    self.tiedGroups = tiedGroups
    self.refillRounds = refillRounds
    self.fallback = fallback
    self.masksTruncated = masksTruncated
  }

  /// Whether a group's rewards, and the credits of its tokens, are all equal; one rewarded completion alone is tied too.
  package static func isTied(_ group: [EstimatorInput]) -> Bool { SpanStatistics(group, deviation: .sample).isTied }

  /// Lengths as the aggregation is to see them: a masked completion has none.
  package func countedLengths(_ group: [EstimatorInput]) -> [Int] {
    group.map { masksTruncated && $0.isTruncated ? 0 : $0.tokenCount }
  }
}
