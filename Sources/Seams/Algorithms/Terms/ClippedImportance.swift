import RealModule

/// REINFORCE weighted by a clipped ratio that carries no gradient: every token keeps pulling.
///
///     ℓ = −sg(clip(ρ, low, high))·A·log π
///     ∂ℓ/∂log π = −clip(ρ, low, high)·A
///
/// Both bounds are ratios, not distances from 1. Two conventions are in use and are not the same loss: a bound above only, of
/// about 5 (MiniMax, ScaleRL, TRL), and bounds on both sides of 1 (verl).
///
/// MiniMax 2025, *MiniMax-M1*, eq. 4 and 5 (CISPO).
package struct ClippedImportance: TokenSurrogate {
  /// 0 is none.
  package var low: Double
  package var high: Double
  /// Nats.
  package var logRatioLimit: Double?

  package init(low: Double = 0, high: Double, logRatioLimit: Double? = nil) {
    self.low = low
    self.high = high
    self.logRatioLimit = logRatioLimit
  }

  package var ratioLimits: (low: Double, high: Double) { (low, high) }

  package func loss(of token: SurrogateToken) -> TokenLoss {
    let pull = -min(max(token.ratio(within: logRatioLimit), low), high) * token.advantage
    return TokenLoss(value: pull * token.logProbability, derivative: pull)
  }
}
