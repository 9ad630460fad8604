/// Rewards against the group's mean, as a fraction of it.
///
///     A = (R − μ) / μ
///
/// For rewards of 0 and 1 this follows the gradient of the log-probability of success, so hard prompts count more than under
/// GRPO. A tied group has advantage exactly 0; so has a group whose mean is not above 0, for which the fraction has no meaning.
///
/// Tajwar et al. 2026, *Maximum Likelihood Reinforcement Learning*; prime-rl's `max_rl`.
package struct MeanScaledAdvantage: AdvantageEstimator {
  package init() {}

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    batch.groups.map { group in
      let statistics = RewardStatistics(group.compactMap(\.totalReward))
      return group.map { input in
        guard let reward = input.totalReward, !statistics.isTied, statistics.mean > 0 else {
          return AdvantageEstimate(uniform: 0, count: input.tokenCount)
        }
        return AdvantageEstimate(uniform: (reward - statistics.mean) / statistics.mean, count: input.tokenCount)
      }
    }
  }
}
