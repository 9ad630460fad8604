import RealModule

/// A surrogate on the geometric mean of clipped token ratios.
///
/// With d_t = log ρ_t, u_t the smaller in the direction of A's sign of d_t and clip(d_t, −low, high), and n tokens:
///
///     g = exp((1/n)·Σ_t u_t)
///     ℓ = −Ā·g                            Ā the mean advantage of the completion
///     ∂ℓ/∂log π_t = −Ā·g/n                where u_t = d_t, else 0
///
/// The bounds act on the logarithm of the ratio. One outlying token moves a geometric mean less than an arithmetic one.
///
/// Zhao et al. 2025, *Geometric-Mean Policy Optimization*.
package struct GeometricMeanSurrogate: ObjectiveTerm {
  /// Nats, at least 0.
  package var low: Double
  /// Nats, at least 0.
  package var high: Double
  /// Added to n; verl adds 10⁻⁸.
  package var lengthSlack: Double

  package init(low: Double = 0.4, high: Double = 0.4, lengthSlack: Double = 0) {
    self.low = low
    self.high = high
    self.lengthSlack = lengthSlack
  }

  package func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(
      tokens.logRatios.count == tokens.count && tokens.advantages.count == tokens.count, "needs ratios and advantages")
    var loss = 0.0
    var lowCount = 0.0
    var highCount = 0.0
    for sequence in tokens.sequences where !sequence.isEmpty {
      let length = Double(sequence.count) + lengthSlack
      var exponent = 0.0
      var advantage = 0.0
      var weight = 0.0
      for index in sequence {
        exponent += bounded(tokens.logRatios[index], advantage: tokens.advantages[index])
        advantage += tokens.advantages[index]
        weight += tokens.policyWeights[index]
        lowCount += tokens.logRatios[index] < -low && tokens.advantages[index] < 0 ? 1 : 0
        highCount += tokens.logRatios[index] > high && tokens.advantages[index] > 0 ? 1 : 0
      }
      let value = -advantage / length * Double.exp(exponent / length)
      loss += weight * value
      for index in sequence where isFree(tokens.logRatios[index], advantage: tokens.advantages[index]) {
        gradients.logProbabilities[index] += coefficient * weight * value / length
      }
    }
    report.add("policy/clip_fraction_low", sum: lowCount, count: Double(tokens.count))
    report.add("policy/clip_fraction_high", sum: highCount, count: Double(tokens.count))
    return loss
  }

  private func bounded(_ logRatio: Double, advantage: Double) -> Double {
    if advantage > 0 { return min(logRatio, high) }
    return advantage < 0 ? max(logRatio, -low) : 0
  }

  private func isFree(_ logRatio: Double, advantage: Double) -> Bool {
    advantage > 0 ? logRatio <= high : advantage < 0 && logRatio >= -low
  }
}
