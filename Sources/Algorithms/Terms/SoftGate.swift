import RealModule

/// A surrogate whose pull fades smoothly as the ratio leaves 1, instead of being cut off.
///
/// With σ the logistic function and τ = `positive` for A > 0, else `negative`:
///
///     ℓ = −(4/τ)·σ(τ·(ρ − 1))·A
///     ∂ℓ/∂log π = −4·σ·(1 − σ)·ρ·A
///
/// At ρ = 1 the derivative is REINFORCE's, −A. A larger τ for A ≤ 0 fades sooner where a wrong push does more harm.
///
/// Gao et al. 2025, *Soft Adaptive Policy Optimization*.
public struct SoftGate: TokenSurrogate {
  public var positive: Double
  public var negative: Double

  public init(positive: Double = 1, negative: Double = 1.05) {
    self.positive = positive
    self.negative = negative
  }

  public var ratioLimits: (low: Double, high: Double) { (0, .infinity) }

  public func loss(of token: SurrogateToken) -> TokenLoss {
    let temperature = token.advantage > 0 ? positive : negative
    let gate = 1 / (1 + Double.exp(-temperature * (token.ratio - 1)))
    return TokenLoss(
      value: -4 / temperature * gate * token.advantage,
      derivative: -4 * gate * (1 - gate) * token.ratio * token.advantage)
  }
}
