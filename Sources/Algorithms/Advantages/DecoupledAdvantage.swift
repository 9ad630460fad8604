/// Every component of the reward is compared within its group by itself; the comparisons are then weighted, added and whitened.
///
///     A_k = group-relative advantage of component k,   A = whitened Σ_k w_k·A_k
///
/// Adding rewards first lets the component of the widest spread drown the others, and different mixes collapse into one number.
/// A component that does not apply to a completion is left out of its sum; a completion without any has advantage 0. A group tied
/// in every component stays at exactly 0 where `tiedStayZero`, although whitening shifts the others.
///
/// Liu et al. 2026, *GDPO: Group reward-Decoupled Normalization Policy Optimization*.
public struct DecoupledAdvantage: AdvantageEstimator {
  /// Applied to each component in turn.
  public var component: any AdvantageEstimator
  public var whitening: Whitening
  public var tiedStayZero: Bool

  public init(component: any AdvantageEstimator, whitening: Whitening, tiedStayZero: Bool = true) {
    self.component = component
    self.whitening = whitening
    self.tiedStayZero = tiedStayZero
  }

  public func credits(for batch: CreditBatch) -> [[Credit]] {
    var sums = batch.groups.map { group in group.map { Credit(uniform: 0, count: $0.tokenCount) } }
    for (index, weight) in batch.componentWeights.enumerated() {
      var single = batch
      single.groups = batch.groups.map { group in group.map { Self.only(index, of: $0) } }
      for (group, credits) in component.credits(for: single).enumerated() {
        for (member, credit) in credits.enumerated() {
          for token in credit.advantages.indices { sums[group][member].advantages[token] += weight * credit.advantages[token] }
        }
      }
    }
    let whitened = whitening.whitened(sums, counting: batch)
    guard tiedStayZero else { return whitened }
    return zip(sums, whitened).map { raw, moved in raw.allSatisfy { $0.advantages.allSatisfy { $0 == 0 } } ? raw : moved }
  }

  private static func only(_ index: Int, of input: CreditInput) -> CreditInput {
    precondition(input.components.count > index, "one score a component")
    var input = input
    input.reward = input.components[index]
    input.tokenCredits = nil
    return input
  }
}
