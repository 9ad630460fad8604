/// A reward for staying undecided: ℓ = −H, the entropy of the whole distribution at the token in nats.
///
///     ∂ℓ/∂H = −1
///
/// Williams and Peng 1991, *Function Optimization Using Connectionist Reinforcement Learning Algorithms*.
public struct EntropyBonus: ObjectiveTerm {
  public init() {}

  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(tokens.entropies.count == tokens.count, "needs entropies")
    var loss = 0.0
    for index in 0..<tokens.count {
      loss -= tokens.weights[index] * tokens.entropies[index]
      gradients.entropies[index] -= coefficient * tokens.weights[index]
    }
    return loss
  }
}
