/// How an algorithm keeps the policy from becoming certain too early: a fixed bonus, or one that follows a target.
///
/// The adaptive coefficient rises by `step` after an update whose entropy was below the target and falls by it after any other,
/// within 0…`maximum`; it counts only while the entropy is not above the target.
///
/// He et al. 2025, *Skywork Open Reasoner 1 Technical Report*.
package struct EntropyControl: Sendable, Hashable {
  package struct Target: Sendable, Hashable {
    /// Nats a token.
    package var entropy: Double
    package var step: Double
    package var maximum: Double

    package init(entropy: Double, step: Double = 0.005, maximum: Double = 1) {
      self.entropy = entropy
      self.step = step
      self.maximum = maximum
    }
  }

  package var coefficient: Double
  package var target: Target?
  /// Whether the last update's entropy was at or below the target.
  var isBelowTarget = true

  package init(coefficient: Double, target: Target? = nil) {
    self.coefficient = coefficient
    self.target = target
  }

  /// What the bonus counts in the next update.
  package var effectiveCoefficient: Double { target == nil || isBelowTarget ? coefficient : 0 }

  package mutating func adapt(to entropy: Double) {
    guard let target else { return }
    isBelowTarget = entropy <= target.entropy
    let step = entropy < target.entropy ? target.step : -target.step
    coefficient = min(max(coefficient + step, 0), target.maximum)
  }
}
