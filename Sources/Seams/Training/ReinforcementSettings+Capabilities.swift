import Algorithms
import Policies
import Rewards

extension ReinforcementSettings {
  /// Throws, with the remedy, where the run asks for what the policy says that it cannot do.
  func check(_ policy: PolicyCapabilities, for algorithm: any Algorithm, _ rewards: RewardSpec) throws(TrainingError) {
    if policy.temperatures == .one, temperature != 1 {
      throw TrainingError(
        .unmetRequirement,
        "this policy has probabilities at temperature 1 alone and training.temperature is \(temperature): set it to 1")
    }
    if !policy.entropies, algorithm.objective.summands.contains(where: { $0.term is EntropyBonus && $0.coefficient != 0 }) {
      throw TrainingError(
        .unmetRequirement,
        "the objective of \(type(of: algorithm).name) has an entropy bonus and this policy gives no entropies: set algorithm.entropy to 0, "
          + "or have the policy give them with their derivative")
    }
    if !policy.textOffsets, rewards.judgesSpans, algorithm.advantage.usesTokenCredits {
      throw TrainingError(
        .unmetRequirement,
        "rewards with credit: span need to know which characters a token covers and this policy does not say: have sample give text offsets "
          + "(Completion.textOffsets, text_offsets in messages of version 2), or set credit: completion")
    }
    if !policy.supervised, demonstrations > 0 {
      throw TrainingError(
        .unmetRequirement,
        "training.demonstrations is \(demonstrations) and this policy cannot write a reference answer as tokens: set it to 0")
    }
  }
}
