/// How good a completion was beside the others of its prompt.
///
/// With μ the mean reward of the group and σ a deviation:
///
///     A = (R − μ) / (σ + ε)     scale `group` (σ of the group) or `batch` (σ of all rewards of the batch)
///     A = R − μ                 scale `none`
///
/// for every token of the completion. A completion without a reward has advantage 0 and counts in neither μ nor σ. A tied group,
/// by exact equality, has advantage exactly 0; so has a group with one rewarded completion, unless `singleton` is `reward`.
///
/// Where the reward came with a credit a token, R is the mean of the completion's token credits c_t in μ and σ, σ² sums the
/// mean of (c_t − μ)² over the completion's tokens, and token t gets (c_t − μ) / (σ + ε): credits that are all R give the formula above.
///
/// DeepSeek-AI 2024, *DeepSeekMath*, §4.1.2; without the division, Liu et al. 2025, *Understanding R1-Zero-Like Training*.
public struct GroupRelativeAdvantage: AdvantageEstimator {
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    case group, batch, none
  }

  /// What a group with a single rewarded completion gets.
  public enum Singleton: String, Sendable, Hashable, CaseIterable {
    case zero
    /// As if μ = 0 and σ = 1, which is what verl does.
    case reward
  }

  package var scale: Scale
  /// Added to σ, in units of reward.
  package var epsilon: Double
  package var deviation: RewardStatistics.Deviation
  package var singleton: Singleton

  public init(
    scale: Scale, epsilon: Double = 1e-4, deviation: RewardStatistics.Deviation = .sample, singleton: Singleton = .zero
  ) {
    self.scale = scale
    self.epsilon = epsilon
    self.deviation = deviation
    self.singleton = singleton
  }

  public var usesTokenCredits: Bool { true }

  public func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let batchDeviation =
      scale == .batch
      ? RewardStatistics(batch.groups.flatMap { $0.compactMap(\.totalReward) }, deviation: deviation).deviation : 0
    return batch.groups.map { group in
      let spread = SpanStatistics(group, deviation: deviation)
      let isAlone = singleton == .reward && spread.count == 1
      let mean = isAlone ? 0 : spread.mean
      let divisor: Double =
        switch scale {
        case .none: 1
        case .group: (isAlone ? 1 : spread.deviation) + epsilon
        case .batch: batchDeviation + epsilon
        }
      return group.map { input in
        guard let reward = input.totalReward, !spread.isTied || isAlone else {
          return AdvantageEstimate(uniform: 0, count: input.tokenCount)
        }
        guard let credits = input.tokenCredits else {
          return AdvantageEstimate(uniform: (reward - mean) / divisor, count: input.tokenCount)
        }
        let extra = input.tokenRewards.reduce(0, +)
        return AdvantageEstimate(advantages: credits.map { ($0 + extra - mean) / divisor })
      }
    }
  }
}

/// Mean and spread of a group in which some completions carry a credit a token.
struct SpanStatistics {
  let count: Int
  let mean: Double
  let deviation: Double
  let isTied: Bool

  init(_ group: [EstimatorInput], deviation kind: RewardStatistics.Deviation) {
    guard group.contains(where: { $0.tokenCredits != nil && $0.reward != nil }) else {
      let plain = RewardStatistics(group.compactMap(\.totalReward), deviation: kind)
      (count, mean, deviation, isTied) = (plain.count, plain.mean, plain.deviation, plain.isTied)
      return
    }
    let scored = group.filter { $0.reward != nil }
    let credits = scored.map { input -> [Double] in
      let extra = input.tokenRewards.reduce(0, +)
      guard let credits = input.tokenCredits, !credits.isEmpty else { return [input.totalReward ?? 0] }
      return credits.map { $0 + extra }
    }
    let first = credits[0][0]
    count = scored.count
    isTied = !credits.contains { $0.contains { $0 != first } }
    let mean = isTied ? first : credits.reduce(0) { $0 + Self.mean($1) } / Double(credits.count)
    let squares = credits.reduce(0) { $0 + Self.mean($1.map { ($0 - mean) * ($0 - mean) }) }
    let degrees = kind == .sample ? max(scored.count - 1, 1) : scored.count
    self.mean = mean
    deviation = isTied ? 0 : (squares / Double(degrees)).squareRoot()
  }

  private static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
}
