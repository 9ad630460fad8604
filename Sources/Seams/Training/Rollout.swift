public import Policies
public import Questions
public import Rewards

/// One completion with what was read in it and what it earned.
public struct Rollout: Sendable, Hashable {
  public var completion: Completion
  public var reading: Reading
  public var judgement: Judgement
  /// Whether the policy was shown it and did not sample it.
  public var isDemonstration: Bool

  public init(completion: Completion, reading: Reading, judgement: Judgement, isDemonstration: Bool = false) {
    self.completion = completion
    self.reading = reading
    self.judgement = judgement
    self.isDemonstration = isDemonstration
  }
}

/// The judged completions of one exercise.
public struct RolloutGroup<Prompt: Sendable>: Sendable {
  public var exercise: Exercise<Prompt>
  public var members: [Rollout]
  /// Whether the update learns from it; tied groups may be dropped or replaced.
  public var isLearnt: Bool

  public init(exercise: Exercise<Prompt>, members: [Rollout], isLearnt: Bool = true) {
    self.exercise = exercise
    self.members = members
    self.isLearnt = isLearnt
  }
}
