import RealModule

/// The clipped policy-gradient loss of PPO, with its later variants.
///
/// With ρ = π/π_old and the clip range [1 − ε_low, 1 + ε_high]:
///
///     ℓ = −min(ρ·A, clip(ρ, 1 − ε_low, 1 + ε_high)·A)
///     ∂ℓ/∂log π = −ρ·A   where the first argument is the smaller or equal, else 0
///
/// - Clip-higher is ε_high > ε_low: unlikely tokens may grow faster (Yu et al. 2025, *DAPO*, eq. 10).
/// - A dual clip c > 1 bounds the loss for A < 0 by −c·A (Ye et al. 2020, *Mastering Complex Control in MOBA Games with Deep
///   Reinforcement Learning*).
/// - A ceiling δ > 1 + ε_high replaces ρ by min(ρ, δ) in the first argument, which also bounds A < 0 (Prime Intellect 2025,
///   *INTELLECT-2*).
/// - Beyond |log ρ| > `logRatioLimit` the ratio is the limit's and the derivative 0.
///
/// At ρ = 1 the derivative is REINFORCE's, −A. At A = 0 all is 0.
///
/// Schulman et al. 2017, *Proximal Policy Optimization Algorithms*, eq. 7. The paper maximises; this minimises.
public struct ClippedSurrogate: TokenSurrogate {
  /// ε_low, within 0…1.
  public var clipLow: Double
  /// ε_high, at least 0.
  public var clipHigh: Double
  /// c; `nil` leaves negative advantages unbounded.
  public var dualClip: Double?
  /// δ.
  public var ceiling: Double?
  /// Nats.
  public var logRatioLimit: Double?

  public init(
    clipLow: Double, clipHigh: Double, dualClip: Double? = nil, ceiling: Double? = nil, logRatioLimit: Double? = nil
  ) {
    self.clipLow = clipLow
    self.clipHigh = clipHigh
    self.dualClip = dualClip
    self.ceiling = ceiling
    self.logRatioLimit = logRatioLimit
  }

  public var ratioLimits: (low: Double, high: Double) { (1 - clipLow, 1 + clipHigh) }

  public func loss(of token: SurrogateToken) -> TokenLoss {
    let advantage = token.advantage
    let (ratio, slope) = bounded(token)
    var value = -min(ratio, ceiling ?? .infinity) * advantage
    var derivative = ratio > ceiling ?? .infinity ? 0 : -slope * advantage
    let clipped = min(max(ratio, 1 - clipLow), 1 + clipHigh)
    if -clipped * advantage > value {
      value = -clipped * advantage
      derivative = clipped == ratio ? -slope * advantage : 0
    }
    if let dualClip, advantage < 0, value > -dualClip * advantage {
      value = -dualClip * advantage
      derivative = 0
    }
    return TokenLoss(value: value, derivative: derivative)
  }

  /// The ratio within the limit, and its derivative by log π.
  private func bounded(_ token: SurrogateToken) -> (ratio: Double, slope: Double) {
    guard let logRatioLimit, token.logRatio.magnitude > logRatioLimit else { return (token.ratio, token.ratio) }
    return (Double.exp(token.logRatio > 0 ? logRatioLimit : -logRatioLimit), 0)
  }
}
