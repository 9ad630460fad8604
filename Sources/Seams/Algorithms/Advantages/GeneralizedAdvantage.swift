/// Generalised advantage estimation, GAE(γ, λ), over the tokens of a completion.
///
/// With the reward of token t (the completion's at its last token) and V(t) the value before it:
///
///     δ_t = r_t + γ·V(t + 1) − V(t),   V after the last token = 0
///     A_t = δ_t + γλ·A_{t+1}
///     return_t = A_t + V(t)
///
/// A completion that the limit cut off ends like any other: the value after its last token is not known.
///
/// λ = γ = 1 gives return − value; λ = 0 gives δ. A completion without a reward has advantage 0 and its values as returns. The
/// returns are those of the advantages before whitening.
///
/// Schulman et al. 2016, *High-Dimensional Continuous Control Using Generalized Advantage Estimation*, eq. 16.
package struct GeneralizedAdvantage: AdvantageEstimator {
  /// γ, within 0…1.
  package var discount: Double
  /// λ, within 0…1.
  package var lambda: Double
  package var whitening: Whitening?

  package init(discount: Double, lambda: Double, whitening: Whitening? = nil) {
    self.discount = discount
    self.lambda = lambda
    self.whitening = whitening
  }

  package var placesTokenRewards: Bool { true }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let raw = batch.groups.map { group in group.map(credit) }
    guard let whitening else { return raw }
    return whitening.whitened(raw, counting: batch)
  }

  private func credit(_ input: EstimatorInput) -> AdvantageEstimate {
    precondition(input.values.count == input.tokenCount, "generalised advantages need one value a token")
    let values = input.values.map { Double($0) }
    guard let reward = input.reward, !values.isEmpty else {
      return AdvantageEstimate(advantages: [Double](repeating: 0, count: values.count), returns: values)
    }
    var rewards = input.tokenRewards.isEmpty ? [Double](repeating: 0, count: values.count) : input.tokenRewards
    rewards[rewards.count - 1] += reward
    let advantages = self.advantages(rewards: rewards, values: values)
    return AdvantageEstimate(advantages: advantages, returns: zip(advantages, values).map { $0 + $1 })
  }

  /// Advantages along one stream of steps, in which episodes may follow each other.
  ///
  /// `endsEpisode[t]` says that nothing follows step t: neither the next value nor the next advantage reaches back over it.
  /// Empty means that no step but the last may end one. `nextValue` is V after the last step, 0 where that ended the episode.
  package func advantages(
    rewards: [Double], values: [Double], endsEpisode: [Bool] = [], nextValue: Double = 0
  ) -> [Double] {
    precondition(rewards.count == values.count, "one value a reward")
    precondition(endsEpisode.isEmpty || endsEpisode.count == rewards.count, "one end mark a reward, or none")
    var advantages = [Double](repeating: 0, count: rewards.count)
    var next = nextValue
    var carry = 0.0
    for step in rewards.indices.reversed() {
      let follows = endsEpisode.isEmpty || !endsEpisode[step] ? 1.0 : 0.0
      carry = rewards[step] + discount * next * follows - values[step] + discount * lambda * follows * carry
      advantages[step] = carry
      next = values[step]
    }
    return advantages
  }
}
