/// A penalty on the distance from the policy that sampled: ℓ = ½d², d = log π − log π_old.
///
///     ∂ℓ/∂log π = d
///
/// Zero at the policy that sampled. With ``Reinforce`` and coefficient β it is direct reward optimisation (Richemond et al. 2024,
/// *Offline Regularised Reinforcement Learning for Large Language Models Alignment*); with ``DivergenceMask`` and coefficient 2·10⁻³, prime-rl's loss.
package struct BehaviorPenalty: ObjectiveTerm {
  package init() {}

  package func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(tokens.logRatios.count == tokens.count, "needs log-probabilities at sampling time")
    var loss = 0.0
    for index in 0..<tokens.count {
      let logRatio = tokens.logRatios[index]
      loss += tokens.weights[index] * 0.5 * logRatio * logRatio
      gradients.logProbabilities[index] += coefficient * tokens.weights[index] * logRatio
    }
    return loss
  }
}
