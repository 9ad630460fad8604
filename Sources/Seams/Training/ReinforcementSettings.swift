public import Algorithms

/// How the RL stage samples and learns.
public struct ReinforcementSettings: Sendable {
  package var seed: UInt64
  /// Steps of the whole run, for rewards whose width follows a schedule.
  package var steps: Int
  /// Completions of each prompt.
  package var groupSize: Int
  /// What logits are divided by, in sampling and in the update alike, above 0.
  package var temperature: Float
  package var maximumTokens: Int
  package var learningRate: LearningRateSchedule
  /// Groups in one forward and backward pass; gradients add up exactly.
  package var microbatchGroups: Int
  /// The largest allowed mean difference between sampled and recomputed log-probabilities at the first step, in nats.
  package var driftTolerance: Double
  /// Whether the policy evaluates each batch anew before the update, as behaviour policy, because another engine sampled it;
  /// the engine's own log-probabilities then only serve the algorithm's correction.
  package var recomputesBehavior: Bool
  /// Copies of the reference answer that join each group whose exercise has a demonstration of at most `maximumTokens`.
  package var demonstrations: Int

  public init(
    seed: UInt64, steps: Int, groupSize: Int, temperature: Float, maximumTokens: Int, learningRate: LearningRateSchedule,
    microbatchGroups: Int, driftTolerance: Double, recomputesBehavior: Bool = false, demonstrations: Int = 0
  ) {
    self.seed = seed
    self.steps = steps
    self.groupSize = groupSize
    self.temperature = temperature
    self.maximumTokens = maximumTokens
    self.learningRate = learningRate
    self.microbatchGroups = microbatchGroups
    self.driftTolerance = driftTolerance
    self.recomputesBehavior = recomputesBehavior
    self.demonstrations = demonstrations
  }

  /// Throws, with the remedy, where the algorithm needs what the policy or the run does not offer.
  package static func check(
    _ algorithm: any Algorithm, hasValueHead: Bool, groupSize: Int, demonstrations: Int = 0
  ) throws(TrainingError) {
    let name = type(of: algorithm).name
    let needs = algorithm.requirements
    if needs.contains(.valueHead), !hasValueHead {
      throw TrainingError(
        .unmetRequirement, "\(name) needs a value head and this policy has none: set policy.value-head to true")
    }
    if needs.contains(.groups), groupSize < 2 {
      throw TrainingError(
        .unmetRequirement,
        "\(name) compares completions of one prompt and training.completions is \(groupSize): set it to 2 or more")
    }
    if needs.contains(.sampledCompletions), demonstrations > 0 {
      throw TrainingError(
        .unmetRequirement,
        "\(name) learns from completions that the policy sampled and training.demonstrations is \(demonstrations): set it to 0, or "
          + "take an algorithm that compares the completions of a group, such as grpo")
    }
  }
}
