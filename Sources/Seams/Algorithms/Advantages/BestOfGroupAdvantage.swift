/// Only the best completion of a group is credited, by how far it leads.
///
///     A_best = (R_best − R_second) / (σ + ε),   all others 0
///
/// The gradient of the expected best of k. A group whose best is shared, or with fewer than two rewards, has advantage exactly 0.
///
/// Tang et al. 2025, *Optimizing Language Models for Inference Time Objectives using Reinforcement Learning*, in verl's form.
package struct BestOfGroupAdvantage: AdvantageEstimator {
  package var isScaled: Bool
  /// Added to σ, in units of reward.
  package var epsilon: Double

  package init(isScaled: Bool = true, epsilon: Double = 1e-4) {
    self.isScaled = isScaled
    self.epsilon = epsilon
  }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    batch.groups.map { group in
      let rewards = group.compactMap(\.totalReward)
      let ranked = rewards.sorted(by: >)
      let lead = ranked.count > 1 ? ranked[0] - ranked[1] : 0
      let advantage = lead == 0 ? 0 : lead / (isScaled ? RewardStatistics(rewards).deviation + epsilon : 1)
      return group.map { input in
        AdvantageEstimate(uniform: input.totalReward == ranked.first && advantage != 0 ? advantage : 0, count: input.tokenCount)
      }
    }
  }
}
