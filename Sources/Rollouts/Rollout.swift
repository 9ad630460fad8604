public import Policies

/// One judged completion.
public struct Rollout: Sendable, Hashable {
  public var completion: Completion
  /// The composed reward; `nil` where no component applied.
  public var reward: Double?
  /// Each component's score before its weight, in the order of the reward specification; `nil` where it did not apply.
  public var components: [Double?]

  public init(completion: Completion, reward: Double?, components: [Double?]) {
    self.completion = completion
    self.reward = reward
    self.components = components
  }
}

/// Completions of one prompt, compared with each other.
public struct RolloutGroup: Sendable, Hashable {
  public var rollouts: [Rollout]

  public init(_ rollouts: [Rollout]) {
    self.rollouts = rollouts
  }
}
