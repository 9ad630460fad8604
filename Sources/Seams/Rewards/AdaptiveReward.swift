public import Questions

/// A reward whose width changes during a run: by a schedule, or with the policy's own errors.
///
/// Between two calls of `begin` and `observe` it is as pure as any other reward. The loop scores a whole step with one state,
/// then observes the step's answers in the order of the rollouts, so that the state depends on no thread. `state` is written
/// to every checkpoint and logged under `reward/<label>/<key>`; a reward given back its state scores as before.
public protocol AdaptiveReward: Reward {
  /// Everything that changes, by name: finite numbers.
  var state: [String: Double] { get set }

  /// Called before the answers of a step are scored; `step` counts from 0.
  mutating func begin(step: Int, of steps: Int)

  /// Called with each answer of a step after all of them were scored.
  mutating func observe(_ reading: Reading, to question: Question)
}

extension AdaptiveReward {
  public mutating func begin(step: Int, of steps: Int) {}

  public mutating func observe(_ reading: Reading, to question: Question) {}
}
