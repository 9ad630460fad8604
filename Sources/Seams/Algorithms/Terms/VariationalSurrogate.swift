import RealModule

/// REINFORCE weighted by a smooth function of the completion's ratio that rises, peaks and falls.
///
/// Far from the policy that sampled, a completion teaches little either way.
///
/// With W = exp(Σ_t log ρ_t) of the completion, each log ρ_t within ±20 and the sum within log 10⁻⁸…20, and (k, λ) by the sign of A:
///
///     φ = exp(λ + k·log W − λ·W)
///     ℓ_t = −sg(φ)·A_t·log π_t
///     ∂ℓ_t/∂log π_t = −φ·A_t
///
/// φ is 1 at W = 1 and largest at W = k/λ. Where another engine sampled, W is the ratio to that engine: with a `correction` its factors,
/// each held within 10⁻⁸…e²⁰, multiply W instead of the loss.
///
/// *VESPO: Variational Sequence-Level Soft Policy Optimization for Stable Off-Policy LLM Training*, 2026, arXiv 2602.10693; the
/// published (k, λ) are (2, 3) for A ≥ 0 and (3, 2) for A < 0.
package struct VariationalSurrogate: ObjectiveTerm {
  package struct Shape: Sendable, Hashable {
    package var k: Double
    package var lambda: Double

    package init(k: Double, lambda: Double) {
      self.k = k
      self.lambda = lambda
    }

    func weight(logRatio: Double) -> Double { Double.exp(lambda + k * logRatio - lambda * Double.exp(logRatio)) }
  }

  package var positive: Shape
  package var negative: Shape
  package var correction: SamplerCorrection?
  private static let tokenLimit = 20.0
  private static let sumLimits = Double.log(1e-8)...20.0

  package init(
    positive: Shape = Shape(k: 2, lambda: 3), negative: Shape = Shape(k: 3, lambda: 2), correction: SamplerCorrection? = nil
  ) {
    self.correction = correction
    self.positive = positive
    self.negative = negative
  }

  package func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(
      tokens.logRatios.count == tokens.count && tokens.advantages.count == tokens.count, "needs ratios and advantages")
    let factors = correction?.factors(tokens, report: &report) ?? []
    var loss = 0.0
    for sequence in tokens.sequences where !sequence.isEmpty {
      var sum = sequence.reduce(0.0) { $0 + min(max(tokens.logRatios[$1], -Self.tokenLimit), Self.tokenLimit) }
      // A factor of the whole completion counts once.
      for index in factors.isEmpty ? 0..<0 : correction?.level == .token ? sequence : sequence.prefix(1) {
        sum += min(max(Double.log(factors[index]), Self.sumLimits.lowerBound), Self.sumLimits.upperBound)
      }
      let logRatio = min(max(sum, Self.sumLimits.lowerBound), Self.sumLimits.upperBound)
      let (up, down) = (positive.weight(logRatio: logRatio), negative.weight(logRatio: logRatio))
      for index in sequence {
        let advantage = tokens.advantages[index]
        let pull = -(advantage >= 0 ? up : down) * advantage * tokens.policyWeights[index]
        loss += pull * tokens.logProbabilities[index]
        gradients.logProbabilities[index] += coefficient * pull
      }
    }
    // Nothing is cut off: the weight fades.
    report.add("policy/clip_fraction_low", sum: 0, count: Double(tokens.count))
    report.add("policy/clip_fraction_high", sum: 0, count: Double(tokens.count))
    return loss
  }
}
