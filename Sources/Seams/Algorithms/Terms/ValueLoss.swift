/// What teaches the value head: squared errors against the returns.
///
/// With V⁺ = V_old + clip(V − V_old, −c, c):
///
/// | form | ℓ | where it comes from |
/// |---|---|---|
/// | `clippedMaximum` | ½ max((V − R)², (V⁺ − R)²) | Schulman's `baselines` code of PPO; verl, OpenRLHF, TRL, CleanRL |
/// | `clippedSquare` | (V⁺ − R)² | Stable-Baselines3: no maximum and no half |
///
/// Without c, V⁺ = V. The derivative is 0 where V⁺ is clipped and decides.
///
/// Metrics: `value/loss`, the weighted sum over a minibatch as a mean over its weights; `value/explained_variance` of the values
/// at sampling time.
public struct ValueLoss: ObjectiveTerm {
  public enum Form: String, Sendable, Hashable, CaseIterable {
    case clippedMaximum = "clipped-maximum"
    case clippedSquare = "clipped-square"
  }

  package var form: Form
  /// c, in units of the return; `nil` does not clip.
  package var clip: Double?

  package init(form: Form = .clippedMaximum, clip: Double? = nil) {
    self.form = form
    self.clip = clip
  }

  /// The loss of one token; `derivative` is by V.
  package func loss(value: Double, behaviorValue: Double, target: Double) -> TokenLoss {
    let error = value - target
    var clippedError = error
    var slope = 1.0
    if let clip, (value - behaviorValue).magnitude > clip {
      clippedError = behaviorValue + (value > behaviorValue ? clip : -clip) - target
      slope = 0
    }
    switch form {
    case .clippedSquare: return TokenLoss(value: clippedError * clippedError, derivative: 2 * clippedError * slope)
    case .clippedMaximum:
      if clippedError * clippedError > error * error {
        return TokenLoss(value: 0.5 * clippedError * clippedError, derivative: clippedError * slope)
      }
      return TokenLoss(value: 0.5 * error * error, derivative: error)
    }
  }

  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(tokens.values.count == tokens.count && tokens.returns.count == tokens.count, "needs values and returns")
    precondition(clip == nil || tokens.behaviorValues.count == tokens.count, "clipping needs the values at sampling time")
    let behaviorValues = tokens.behaviorValues.isEmpty ? tokens.values : tokens.behaviorValues
    var loss = 0.0
    var weight = 0.0
    for index in 0..<tokens.count {
      let token = self.loss(value: tokens.values[index], behaviorValue: behaviorValues[index], target: tokens.returns[index])
      loss += tokens.weights[index] * token.value
      weight += tokens.weights[index]
      gradients.values[index] += coefficient * tokens.weights[index] * token.derivative
    }
    report.add("value/loss", sum: loss, count: weight)
    report.add("value/explained_variance", ExplainedVariance(targets: tokens.returns, predictions: behaviorValues))
    return loss
  }
}
