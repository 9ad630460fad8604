/// The loss of supervised fine-tuning: ℓ = −log π of the token to be learnt.
///
///     ∂ℓ/∂log π = −1
///
/// Supervised learning is an objective over the same seam as reinforcement learning: `TokenTargets` need only sequences and
/// weights.
package struct NegativeLogLikelihood: ObjectiveTerm {
  package init() {}

  package func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    var loss = 0.0
    for index in 0..<tokens.count {
      loss -= tokens.weights[index] * tokens.logProbabilities[index]
      gradients.logProbabilities[index] -= coefficient * tokens.weights[index]
    }
    return loss
  }
}
