/// Rewards against a baseline that weighs completions by their length.
///
///     b = Σ_i n_i·R_i / Σ_i n_i,   A_i = R_i − b
///
/// The baseline of least variance where the squared gradient of a completion grows with its length. A tied group has advantage
/// exactly 0.
///
/// Hao et al. 2025, *On-Policy RL with Optimal Reward Baseline* (OPO).
package struct LengthWeightedAdvantage: AdvantageEstimator {
  package var singleton: GroupRelativeAdvantage.Singleton

  package init(singleton: GroupRelativeAdvantage.Singleton = .zero) {
    self.singleton = singleton
  }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    batch.groups.map { group in
      let scored = group.filter { $0.totalReward != nil }
      let statistics = RewardStatistics(scored.compactMap(\.totalReward))
      let tokens = scored.reduce(0.0) { $0 + Double($1.tokenCount) }
      let weighted = scored.reduce(0.0) { $0 + Double($1.tokenCount) * ($1.totalReward ?? 0) }
      let baseline = statistics.isTied || tokens == 0 ? statistics.mean : weighted / tokens
      let isKept = singleton == .reward && statistics.count == 1
      return group.map { input in
        let advantage = input.totalReward.map { $0 - (isKept ? 0 : baseline) } ?? 0
        return AdvantageEstimate(uniform: advantage, count: input.tokenCount)
      }
    }
  }
}
