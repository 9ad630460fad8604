package import Algorithms
package import Rewards

extension ReinforcementSettings {
  /// Throws, with the remedy, where rewards need what a reinforcement stage does not have.
  ///
  /// - Parameter offers: what the source of exercises gives.
  package static func check(
    _ rewards: RewardSpec, _ algorithm: any Algorithm, groupSize: Int, offers: Set<RewardNeed>
  ) throws(TrainingError) {
    var offers = offers.union([.step, .tokenCount, .batch, .policy])
    if groupSize > 1, !algorithm.requirements.contains(.greedyRewards) { offers.insert(.group) }
    let caller =
      groupSize > 1 && !offers.contains(.group)
      ? "\(type(of: algorithm).name), which compares with one greedy completion," : "this training"
    let refusals = rewards.refusals(offering: offers, by: caller)
    guard refusals.isEmpty else { throw TrainingError(.unmetRequirement, refusals.joined(separator: "\n")) }
  }
}
