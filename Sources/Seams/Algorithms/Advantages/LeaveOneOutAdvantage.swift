/// Each reward against the mean of the others of its group.
///
/// With n rewarded completions:
///
///     b_i = Σ_{j≠i} R_j / (n − 1)
///     A_i = R_i − b_i = n/(n − 1) · (R_i − μ)
///
/// The baseline does not depend on the completion it is subtracted from, so the gradient is unbiased. A tied group has advantage
/// exactly 0. With scale `others`, A_i is divided by σ_i + ε where σ_i, the sample deviation of the others, is above 0, and left
/// as it is where the others are tied: dividing by ε alone would give one completion an advantage of any size. With scale `group` it is divided by σ + ε of the whole group.
///
/// Kool et al. 2019, *Buy 4 REINFORCE Samples, Get a Baseline for Free!*; Ahmadian et al. 2024, *Back to Basics*.
public struct LeaveOneOutAdvantage: AdvantageEstimator {
  public enum Scale: Sendable, Hashable {
    case none
    case others(epsilon: Double)
    /// The sample deviation of the whole group, as ms-swift divides by.
    case group(epsilon: Double)
  }

  package var scale: Scale
  /// What a group with one rewarded completion gets: nothing, or its reward as it is.
  package var singleton: GroupRelativeAdvantage.Singleton
  package var whitening: Whitening?

  public init(scale: Scale = .none, singleton: GroupRelativeAdvantage.Singleton = .zero, whitening: Whitening? = nil) {
    self.scale = scale
    self.singleton = singleton
    self.whitening = whitening
  }

  public func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] { finished(comparisons(for: batch), for: batch) }

  public func comparisons(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    batch.groups.map { group -> [AdvantageEstimate] in
      let rewards = group.compactMap(\.totalReward)
      let statistics = RewardStatistics(rewards)
      return group.map { input in
        guard let reward = input.totalReward else { return AdvantageEstimate(uniform: 0, count: input.tokenCount) }
        return AdvantageEstimate(uniform: advantage(reward, among: rewards, statistics), count: input.tokenCount)
      }
    }
  }

  public func finished(_ comparisons: [[AdvantageEstimate]], for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    guard let whitening else { return comparisons }
    // The mean of a batch whose groups have mean 0 is rounding: it moves no tied group.
    return zip(comparisons, whitening.whitened(comparisons, counting: batch)).map { raw, moved in
      raw.allSatisfy { $0.advantages.allSatisfy { $0 == 0 } } ? raw : moved
    }
  }

  private func advantage(_ reward: Double, among rewards: [Double], _ statistics: RewardStatistics) -> Double {
    guard rewards.count > 1 else { return singleton == .reward ? reward : 0 }
    guard !statistics.isTied else { return 0 }
    let count = Double(rewards.count)
    let difference = count / (count - 1) * (reward - statistics.mean)
    if case .group(let epsilon) = scale { return difference / (statistics.deviation + epsilon) }
    guard case .others(let epsilon) = scale, let index = rewards.firstIndex(of: reward) else { return difference }
    var others = rewards
    others.remove(at: index)
    let spread = RewardStatistics(others)
    return spread.isTied ? difference : difference / (spread.deviation + epsilon)
  }
}
