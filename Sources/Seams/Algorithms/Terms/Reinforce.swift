/// The plain policy gradient: ℓ = −A·log π.
///
///     ∂ℓ/∂log π = −A
///
/// Right for tokens that π itself sampled; no ratio corrects for others.
///
/// Williams 1992, *Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning*.
package struct Reinforce: TokenSurrogate {
  package init() {}

  package var ratioLimits: (low: Double, high: Double) { (0, .infinity) }

  package func loss(of token: SurrogateToken) -> TokenLoss {
    TokenLoss(value: -token.advantage * token.logProbability, derivative: -token.advantage)
  }
}
