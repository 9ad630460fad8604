/// The discounted reward still to come at each token, whitened over the batch.
///
///     G_t = r_t + γ·G_{t+1},   A = whitened G
///
/// r_t are the rewards of single tokens, such as a KL penalty, with the completion's reward at its last token. A completion without
/// a reward stays out of the statistics and has advantage 0.
///
/// Hu et al. 2025, *REINFORCE++*.
package struct ReturnAdvantage: AdvantageEstimator {
  /// γ, within 0…1.
  package var discount: Double
  package var whitening: Whitening?

  package init(discount: Double = 1, whitening: Whitening? = .standard) {
    self.discount = discount
    self.whitening = whitening
  }

  package var placesTokenRewards: Bool { true }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let raw = batch.groups.map { group in group.map { AdvantageEstimate(advantages: returns(of: $0)) } }
    guard let whitening else { return raw }
    return whitening.whitened(raw, counting: batch)
  }

  /// Zeros without a reward.
  func returns(of input: EstimatorInput) -> [Double] {
    var returns = [Double](repeating: 0, count: input.tokenCount)
    guard let reward = input.reward else { return returns }
    var carry = 0.0
    for token in returns.indices.reversed() {
      let own = (input.tokenRewards.isEmpty ? 0 : input.tokenRewards[token]) + (token == returns.count - 1 ? reward : 0)
      carry = own + discount * carry
      returns[token] = carry
    }
    return returns
  }
}
