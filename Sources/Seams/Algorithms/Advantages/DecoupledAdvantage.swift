/// Every component of the reward is compared within its group by itself; the comparisons are then weighted, added and whitened.
///
///     A_k = group-relative advantage of component k,   A = whitened Σ_k w_k·A_k
///
/// Adding rewards first lets the component of the widest spread drown the others, and different mixes collapse into one number.
/// What shapes the reward of the whole, such as a punishment for length or −β·Σ_t KL_t, is no component: s_i − mean s of the group joins
/// the sum once, with its own sign and whatever the weights.
/// A component that does not apply to a completion is left out of its sum; a completion without any has advantage 0. A group tied
/// in every component stays at exactly 0 where `tiedStayZero`, although whitening shifts the others.
///
/// Liu et al. 2026, *GDPO: Group reward-Decoupled Normalization Policy Optimization*.
package struct DecoupledAdvantage: AdvantageEstimator {
  /// Applied to each component in turn.
  package var component: any AdvantageEstimator
  package var whitening: Whitening
  package var tiedStayZero: Bool

  package init(component: any AdvantageEstimator, whitening: Whitening, tiedStayZero: Bool = true) {
    self.component = component
    self.whitening = whitening
    self.tiedStayZero = tiedStayZero
  }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] { finished(comparisons(for: batch), for: batch) }

  package func comparisons(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    var sums = batch.groups.map { group in group.map { AdvantageEstimate(uniform: 0, count: $0.tokenCount) } }
    for (index, weight) in batch.componentWeights.enumerated() {
      var single = batch
      single.groups = batch.groups.map { group in group.map { Self.only(index, of: $0) } }
      for (group, credits) in component.estimates(for: single).enumerated() {
        for (member, credit) in credits.enumerated() {
          for token in credit.advantages.indices { sums[group][member].advantages[token] += weight * credit.advantages[token] }
        }
      }
    }
    for (group, inputs) in batch.groups.enumerated() {
      let shapings = inputs.map { $0.reward == nil ? nil : $0.shaping + $0.tokenRewards.reduce(0, +) }
      let statistics = RewardStatistics(shapings.compactMap { $0 })
      guard !statistics.isTied else { continue }
      for (member, shaping) in shapings.enumerated() {
        guard let shaping else { continue }
        for token in sums[group][member].advantages.indices {
          sums[group][member].advantages[token] += shaping - statistics.mean
        }
      }
    }
    return sums
  }

  package func finished(_ comparisons: [[AdvantageEstimate]], for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let whitened = whitening.whitened(comparisons, counting: batch)
    guard tiedStayZero else { return whitened }
    return zip(comparisons, whitened).map { raw, moved in raw.allSatisfy { $0.advantages.allSatisfy { $0 == 0 } } ? raw : moved
    }
  }

  private static func only(_ index: Int, of input: EstimatorInput) -> EstimatorInput {
    precondition(input.components.count > index, "one score a component")
    var input = input
    input.reward = input.components[index]
    input.tokenCredits = nil
    input.tokenRewards = []
    return input
  }
}
