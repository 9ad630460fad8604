/// Rewards minus the group's mean, scaled up by the share of completions that earned nothing.
///
///     α = completions / max(1, completions with a reward other than 0)
///     A = α·(R − μ)
///
/// Over the whole batch; a tied group has advantage exactly 0.
///
/// Chu et al. 2025, *GPG: A Simple and Strong Reinforcement Learning Baseline for Model Reasoning*, in verl's reading.
package struct RescaledAdvantage: AdvantageEstimator {
  package var singleton: GroupRelativeAdvantage.Singleton

  package init(singleton: GroupRelativeAdvantage.Singleton = .zero) {
    self.singleton = singleton
  }

  package var usesTokenCredits: Bool { true }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let rewards = batch.groups.flatMap { $0.compactMap(\.totalReward) }
    let factor = Double(rewards.count) / Double(max(rewards.count { $0 != 0 }, 1))
    return GroupRelativeAdvantage(scale: .none, singleton: singleton).estimates(for: batch).map { group in
      group.map { credit in AdvantageEstimate(advantages: credit.advantages.map { factor * $0 }) }
    }
  }
}
