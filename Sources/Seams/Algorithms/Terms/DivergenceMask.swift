import RealModule

/// A surrogate that drops a token once its probability has moved too far in the direction in which it is being pushed.
///
/// With p = π and q = π_old of the sampled token:
///
///     divergence `totalVariation`:  |p − q|
///     divergence `binaryKL`:        q·log(q/p) + (1 − q)·log((1 − q)/(1 − p)), with 10⁻⁸ inside the logarithms
///     keep = not (A > 0, p > q and divergence > high), and not (A ≤ 0, p < q and divergence > low)
///
///     `logLikelihood`:  ℓ = −keep·A·sg(min(ρ, cap))·log π,   ∂ℓ/∂log π = −keep·A·min(ρ, cap)
///     `ratio`:          ℓ = −keep·A·ρ,                      ∂ℓ/∂log π = −keep·A·ρ
///
/// A ratio clip stops rare tokens, whose ratio moves much while their probability hardly does; this does not.
///
/// With `logRatioLimit`, log ρ of `logLikelihood` is held within ± the limit.
///
/// Qi et al. 2026, *Rethinking the Trust Region in LLM Reinforcement Learning* (DPPO). `ratio` is prime-rl's loss.
public struct DivergenceMask: TokenSurrogate {
  public enum Divergence: String, Sendable, Hashable, CaseIterable {
    case totalVariation = "total-variation"
    case binaryKL = "binary-kl"
  }

  public enum Form: String, Sendable, Hashable, CaseIterable {
    case logLikelihood = "log-likelihood"
    case ratio
  }

  package var divergence: Divergence
  package var form: Form
  /// Probability, or nats, at least 0.
  package var low: Double
  package var high: Double
  /// The largest ratio of `logLikelihood`: 20 in the paper, 3 in verl.
  package var cap: Double
  /// Nats; `nil` is none.
  package var logRatioLimit: Double?

  package init(
    divergence: Divergence = .totalVariation, form: Form = .logLikelihood, low: Double = 0.2, high: Double = 0.2,
    cap: Double = 20, logRatioLimit: Double? = nil
  ) {
    self.cap = cap
    self.logRatioLimit = logRatioLimit
    self.divergence = divergence
    self.form = form
    self.low = low
    self.high = high
  }

  public var ratioLimits: (low: Double, high: Double) { (0, .infinity) }

  public func loss(of token: SurrogateToken) -> TokenLoss {
    guard keeps(token) else { return TokenLoss(value: 0, derivative: 0) }
    switch form {
    case .logLikelihood:
      let pull = -token.advantage * min(token.ratio(within: logRatioLimit), cap)
      return TokenLoss(value: pull * token.logProbability, derivative: pull)
    case .ratio: return TokenLoss(value: -token.advantage * token.ratio, derivative: -token.advantage * token.ratio)
    }
  }

  public func isCutOff(_ token: SurrogateToken) -> Bool { !keeps(token) }

  func keeps(_ token: SurrogateToken) -> Bool {
    let isPushedUp = token.advantage > 0
    guard isPushedUp ? token.logRatio > 0 : token.logRatio < 0 else { return true }
    let p = Double.exp(token.logProbability)
    let q = Double.exp(token.logProbability - token.logRatio)
    return moved(p, q) <= (isPushedUp ? high : low)
  }

  private func moved(_ p: Double, _ q: Double) -> Double {
    let slack = 1e-8
    return switch divergence {
    case .totalVariation: (p - q).magnitude
    case .binaryKL:
      q * Double.log((q + slack) / (p + slack)) + (1 - q) * Double.log((1 - q + slack) / (1 - p + slack))
    }
  }
}
