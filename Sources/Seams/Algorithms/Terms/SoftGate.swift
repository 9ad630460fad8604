import RealModule

/// A surrogate whose pull fades smoothly as the ratio leaves 1, instead of being cut off.
///
/// With σ the logistic function and τ = `positive` for A > 0, else `negative`:
///
///     ℓ = −(4/τ)·σ(τ·(ρ − 1))·A
///     ∂ℓ/∂log π = −4·σ·(1 − σ)·ρ·A
///
/// Both factors of the derivative are bounded: it goes to 0 as ρ grows, also where ρ is no longer a number. Beyond |log ρ| >
/// `logRatioLimit` the ratio is the limit's and the derivative 0.
///
/// At ρ = 1 the derivative is REINFORCE's, −A. A larger τ for A ≤ 0 fades sooner where a wrong push does more harm.
///
/// Gao et al. 2025, *Soft Adaptive Policy Optimization*.
package struct SoftGate: TokenSurrogate {
  package var positive: Double
  package var negative: Double
  /// Nats; `nil` is none.
  package var logRatioLimit: Double?

  package init(positive: Double = 1, negative: Double = 1.05, logRatioLimit: Double? = nil) {
    self.positive = positive
    self.negative = negative
    self.logRatioLimit = logRatioLimit
  }

  package var ratioLimits: (low: Double, high: Double) { (0, .infinity) }

  package func loss(of token: SurrogateToken) -> TokenLoss {
    let temperature = token.advantage > 0 ? positive : negative
    let ratio = token.ratio(within: logRatioLimit)
    let gate = 1 / (1 + Double.exp(-temperature * (ratio - 1)))
    // Where the gate is fully open its complement is 0, and 0 · ∞ is no number.
    let slope = gate < 1 && ratio == token.ratio ? gate * (1 - gate) * ratio : 0
    return TokenLoss(value: -4 / temperature * gate * token.advantage, derivative: -4 * slope * token.advantage)
  }
}
