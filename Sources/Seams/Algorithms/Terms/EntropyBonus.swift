/// A reward for staying undecided: ℓ = −H, the entropy of the whole distribution at the token in nats.
///
///     ∂ℓ/∂H = −1
///
/// Weighted by ``TokenBlock/entropyWeights`` where the bonus has an aggregation of its own, as in TRL.
///
/// Williams and Peng 1991, *Function Optimization Using Connectionist Reinforcement Learning Algorithms*.
package struct EntropyBonus: ObjectiveTerm {
  package init() {}

  package func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(tokens.entropies.count == tokens.count, "needs entropies")
    let weights = tokens.entropyWeights.isEmpty ? tokens.weights : tokens.entropyWeights
    var loss = 0.0
    for index in 0..<tokens.count {
      loss -= weights[index] * tokens.entropies[index]
      gradients.entropies[index] -= coefficient * weights[index]
    }
    return loss
  }
}
