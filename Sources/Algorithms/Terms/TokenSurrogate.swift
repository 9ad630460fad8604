import RealModule

/// A loss with its derivative by the log-probability.
public struct TokenLoss: Sendable, Hashable {
  public var value: Double
  /// ∂value/∂log π.
  public var derivative: Double

  public init(value: Double, derivative: Double) {
    self.value = value
    self.derivative = derivative
  }
}

/// What a policy loss sees of one token.
public struct SurrogateToken: Sendable, Hashable {
  /// log π, nats.
  public var logProbability: Double
  /// d = log π − log π_old.
  public var logRatio: Double
  /// ρ = eᵈ.
  public var ratio: Double
  /// A.
  public var advantage: Double

  public init(logProbability: Double, logRatio: Double, ratio: Double, advantage: Double) {
    self.logProbability = logProbability
    self.logRatio = logRatio
    self.ratio = ratio
    self.advantage = advantage
  }

  public init(logProbability: Double, behaviorLogProbability: Double, advantage: Double) {
    let logRatio = logProbability - behaviorLogProbability
    self.init(logProbability: logProbability, logRatio: logRatio, ratio: Double.exp(logRatio), advantage: advantage)
  }
}

/// A policy loss in which every token stands for itself: Σ_t w_t · ℓ(log π_t, ρ_t, A_t).
///
/// Metrics, as fractions of tokens: `policy/clip_fraction_low` (A < 0 and the ratio below its limit) and
/// `policy/clip_fraction_high` (A > 0 and the ratio above its limit).
public protocol TokenSurrogate: ObjectiveTerm {
  /// The ratios beyond which the loss no longer pulls the token on: below the first for A < 0, above the second for A > 0.
  var ratioLimits: (low: Double, high: Double) { get }

  func loss(of token: SurrogateToken) -> TokenLoss
}

extension TokenSurrogate {
  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(
      tokens.logRatios.count == tokens.count && tokens.advantages.count == tokens.count, "needs ratios and advantages")
    let limits = ratioLimits
    var loss = 0.0
    var low = 0.0
    var high = 0.0
    gradients.logProbabilities.withUnsafeMutableBufferPointer { gradients in
      for index in 0..<tokens.count {
        let advantage = tokens.advantages[index]
        let ratio = tokens.ratios[index]
        let token = self.loss(
          of: SurrogateToken(
            logProbability: tokens.logProbabilities[index], logRatio: tokens.logRatios[index], ratio: ratio,
            advantage: advantage))
        let weight = tokens.policyWeights[index]
        loss += weight * token.value
        gradients[index] += coefficient * weight * token.derivative
        low += ratio < limits.low && advantage < 0 ? 1 : 0
        high += ratio > limits.high && advantage > 0 ? 1 : 0
      }
    }
    report.add("policy/clip_fraction_low", sum: low, count: Double(tokens.count))
    report.add("policy/clip_fraction_high", sum: high, count: Double(tokens.count))
    return loss
  }
}
