/// What a reward looks at beside the answer and the question, and what not every caller can give.
public enum RewardNeed: String, Sendable, Hashable, CaseIterable {
  /// The training step and the steps of the run, for schedules; without it a schedule stands at its first step.
  case step
  /// The completion's tokens; without their number the reward does not apply.
  case tokenCount = "token-count"
  /// The other answers to the same question, as a ``GroupReward`` has them.
  case group
  /// Many answers in one call, and time to wait for their scores, as a ``BatchReward`` has them.
  case batch
  /// The track as the run knows it: `RewardGroup.track`.
  case track
  /// The policy's outputs for its own answers: `RewardBatch.outputs(on:)`.
  case policy
  /// The same on a prompt that holds the question and no track.
  case policyWithoutTrack = "policy-without-track"
  /// The same on a prompt that asks another question about the track.
  case policyAskedOtherwise = "policy-asked-otherwise"

  /// Whether a reward has a stated value where it is lacking.
  var hasFallback: Bool { self == .step || self == .tokenCount }

  /// Whether it is about the policy that gave the answers.
  var isOfPolicy: Bool {
    switch self {
    case .policy, .policyWithoutTrack, .policyAskedOtherwise: true
    case .step, .tokenCount, .group, .batch, .track: false
    }
  }

  /// What is lacking, and who has it.
  var words: (what: String, remedy: String) {
    switch self {
    case .step: ("the training step", "give the step and the steps of the run")
    case .tokenCount: ("the number of tokens", "give the number of tokens")
    case .group:
      ("several completions of one question", "train with training.completions of 2 or more, or rescore a run's rollouts")
    case .batch: ("many answers in one call, and time to wait for their scores", "use it in training")
    case .track: ("the track itself", "use it in training, from a source of exercises that carries tracks")
    case .policy: ("the policy that gave the answers", "use it in training")
    case .policyWithoutTrack:
      (
        "the policy's outputs on the question without its track",
        "use it in training, from a source of exercises that can leave out the track"
      )
    case .policyAskedOtherwise:
      (
        "the policy's outputs on another question about the track",
        "use it in training, from a source of exercises that can ask another question"
      )
    }
  }
}
