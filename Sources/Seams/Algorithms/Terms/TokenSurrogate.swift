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

  /// ρ with its logarithm held within ± a limit in nats; ρ where there is none.
  func ratio(within limit: Double?) -> Double {
    guard let limit, logRatio.magnitude > limit else { return ratio }
    return Double.exp(logRatio > 0 ? limit : -limit)
  }
}

/// A policy loss in which every token stands for itself: Σ_t w_t · ℓ(log π_t, ρ_t, A_t).
///
/// Metrics, as fractions of tokens: `policy/clip_fraction_low` (A < 0 and cut off) and
/// `policy/clip_fraction_high` (A > 0 and cut off).
public protocol TokenSurrogate: ObjectiveTerm {
  /// The ratios beyond which the loss no longer pulls the token on: below the first for A < 0, above the second for A > 0.
  var ratioLimits: (low: Double, high: Double) { get }

  func loss(of token: SurrogateToken) -> TokenLoss

  /// Whether the loss has stopped pulling the token on; by default whether its ratio lies beyond its limit.
  func isCutOff(_ token: SurrogateToken) -> Bool
}

extension TokenSurrogate {
  public func isCutOff(_ token: SurrogateToken) -> Bool {
    let limits = ratioLimits
    return token.advantage < 0 ? token.ratio < limits.low : token.ratio > limits.high
  }

  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(
      tokens.logRatios.count == tokens.count && tokens.advantages.count == tokens.count, "needs ratios and advantages")
    // Losses are kept and added up afterwards: the loop over tokens then has no chain of dependent additions.
    var losses = [Double](repeating: 0, count: tokens.count)
    let clipped = tokens.withPolicyColumns { columns in
      gradients.logProbabilities.withUnsafeMutableBufferPointer { gradients in
        losses.withUnsafeMutableBufferPointer { losses in
          differentiate(columns, coefficient: coefficient, losses: losses, gradients: gradients)
        }
      }
    }
    report.add("policy/clip_fraction_low", sum: Double(clipped.low), count: Double(tokens.count))
    report.add("policy/clip_fraction_high", sum: Double(clipped.high), count: Double(tokens.count))
    return ColumnSums.sum(losses)
  }

  /// Fills the weighted losses, adds to the gradients, and counts the tokens beyond the limits.
  private func differentiate(
    _ columns: PolicyColumns, coefficient: Double, losses: UnsafeMutableBufferPointer<Double>,
    gradients: UnsafeMutableBufferPointer<Double>
  ) -> (low: Int, high: Int) {
    var (low, high) = (0, 0)
    for index in 0..<losses.count {
      let advantage = columns.advantages[index]
      let ratio = columns.ratios[index]
      let seen = SurrogateToken(
        logProbability: columns.logProbabilities[index], logRatio: columns.logRatios[index], ratio: ratio, advantage: advantage)
      let token = loss(of: seen)
      let isCutOff = isCutOff(seen)
      let weight = columns.weights[index]
      losses[index] = weight * token.value
      gradients[index] += coefficient * weight * token.derivative
      low &+= (isCutOff ? 1 : 0) & (advantage < 0 ? 1 : 0)
      high &+= (isCutOff ? 1 : 0) & (advantage > 0 ? 1 : 0)
    }
    return (low, high)
  }
}
