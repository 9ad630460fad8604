/// The reward still to come minus the reward of the likeliest completion of the same prompt.
///
///     A_t = G_t − b,   G_t the sum of rewards from token t on
///
/// A group without a greedy reward has advantage 0, as has a completion without a reward. The greedy completions are sampled for
/// this alone: the algorithm requires `.greedyRewards`.
///
/// Li et al. 2024, *ReMax: A Simple, Effective, and Efficient Reinforcement Learning Method for Aligning Large Language Models*.
package struct GreedyBaselineAdvantage: AdvantageEstimator {
  package init() {}

  package var placesTokenRewards: Bool { true }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    precondition(batch.greedyRewards.count == batch.groups.count, "needs the reward of the likeliest completion of each prompt")
    return zip(batch.groups, batch.greedyRewards).map { group, greedy in
      group.map { input in
        guard input.reward != nil, let greedy else { return AdvantageEstimate(uniform: 0, count: input.tokenCount) }
        let returns = ReturnAdvantage(discount: 1, whitening: nil).returns(of: input)
        return AdvantageEstimate(advantages: returns.map { $0 - greedy })
      }
    }
  }
}
