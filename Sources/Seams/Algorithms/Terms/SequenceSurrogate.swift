import RealModule

/// A clipped surrogate whose ratio belongs to the whole completion.
///
/// With d̄ = (1/n)·Σ_t (log π_t − log π_old,t) over a completion of n tokens, or the sum without 1/n, and s = exp d̄:
///
///     ℓ_t = −min(s·A_t, clip(s)·A_t)        the same bounds as ``ClippedSurrogate``
///     sequence: ∂ℓ_t/∂log π_j = (1/n)·∂ℓ_t/∂log s for every token j of the completion
///     token:    ∂ℓ_t/∂log π_t = ∂ℓ_t/∂log s, and 0 for the others (log s_t = sg(d̄) + log π_t − sg(log π_t))
///
/// The two gradients agree where weights and advantages are the same all over a completion; the token form lets them differ.
/// A clip range for a length-normalised ratio is far narrower than PPO's.
///
/// Metrics, as fractions of tokens: `policy/clip_fraction_low`, `policy/clip_fraction_high`.
///
/// Zheng et al. 2025, *Group Sequence Policy Optimization*, eq. 5 and 7. With the sum: the REINFORCE view of a completion as
/// one action (Ahmadian et al. 2024, *Back to Basics*, §3.1).
public struct SequenceSurrogate: ObjectiveTerm {
  /// Which tokens feel the derivative of a token's loss.
  public enum Gradient: String, Sendable, Hashable, CaseIterable {
    case sequence, token
  }

  package enum Ratio: String, Sendable, Hashable, CaseIterable {
    /// The geometric mean of the tokens' ratios.
    case mean
    /// Their product.
    case sum
  }

  package var clip: ClippedSurrogate
  package var gradient: Gradient
  package var ratio: Ratio

  package init(clip: ClippedSurrogate, gradient: Gradient = .sequence, ratio: Ratio = .mean) {
    self.clip = clip
    self.gradient = gradient
    self.ratio = ratio
  }

  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(
      tokens.logRatios.count == tokens.count && tokens.advantages.count == tokens.count, "needs ratios and advantages")
    let limits = clip.ratioLimits
    var loss = 0.0
    var low = 0.0
    var high = 0.0
    for sequence in tokens.sequences where !sequence.isEmpty {
      let share = ratio == .mean ? 1 / Double(sequence.count) : 1
      let logRatio = tokens.logRatios[sequence].reduce(0, +) * share
      let ratio = Double.exp(logRatio)
      var slope = 0.0
      for index in sequence {
        let advantage = tokens.advantages[index]
        let token = clip.loss(
          of: SurrogateToken(
            logProbability: tokens.logProbabilities[index], logRatio: logRatio, ratio: ratio, advantage: advantage))
        let weight = tokens.policyWeights[index]
        loss += weight * token.value
        slope += weight * token.derivative
        if gradient == .token { gradients.logProbabilities[index] += coefficient * weight * token.derivative }
        low += ratio < limits.low && advantage < 0 ? 1 : 0
        high += ratio > limits.high && advantage > 0 ? 1 : 0
      }
      guard gradient == .sequence else { continue }
      for index in sequence { gradients.logProbabilities[index] += coefficient * slope * share }
    }
    report.add("policy/clip_fraction_low", sum: low, count: Double(tokens.count))
    report.add("policy/clip_fraction_high", sum: high, count: Double(tokens.count))
    return loss
  }
}
