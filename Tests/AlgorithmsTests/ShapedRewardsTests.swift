import Algorithms
import Options
import Testing

/// Penalties and punishments in the reward: once, with their own sign, at the toolkit's place.
struct ShapedRewardsTests {
  /// Four equally good answers, log π − log ρ = 0, 1, 2, 3 nats a token.
  private static func drifting(components: [Double?] = [0.5], weights: [Double] = [1]) -> EstimatorBatch {
    let reward = zip(components, weights).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
    let members = (0..<4).map { index in
      EstimatorInput(reward: reward, components: components, behavior: [-0.5], reference: [-0.5 - Double(index)])
    }
    return EstimatorBatch(groups: [members], componentWeights: weights)
  }

  private static let penalty: OptionValue.Content = AlgorithmFixture.map([
    "coefficient": .number(0.1), "placement": .text("reward"),
  ]).content

  /// Weights whose sum is below 0, as every shipped reward file has them, do not turn the penalty round.
  @Test(arguments: ["takt", "openrlhf", "verl", "trl"], ["grpo", "gdpo"])
  func farFromTheReferenceIsPunished(_ profile: String, _ name: String) throws {
    let batch = Self.drifting(components: [0.2, 0.3, 0.1, 0.1], weights: [1, 1, -0.5, -1])
    let advantages = try AlgorithmFixture.make(name, ["profile": .text(profile), "kl": Self.penalty]).advantage.firsts(batch)
    #expect(advantages == advantages.sorted(by: >) && Set(advantages).count == 4, "\(advantages)")
    #expect(advantages[0] - advantages[3] > 0.2)
  }

  /// What the penalty does to the sum before the whitening does not depend on the weights.
  @Test(arguments: [[1, 0], [3, 3], [1, -4]] as [[Double]])
  func theWeightOfThePenaltyIsOne(_ weights: [Double]) throws {
    let estimator = DecoupledAdvantage(component: GroupRelativeAdvantage(scale: .none), whitening: .standard)
    for order in KLPenalty.Order.allCases {
      let penalty = KLPenalty(coefficient: 0.1, placement: .reward, order: order, term: ReferenceKL(estimator: .k1))
      let shaped = ShapedRewards(estimator, penalty: penalty)
      let sums = shaped.comparisons(for: Self.drifting(components: [0.2, 0.9], weights: weights))[0].map(\.advantages[0])
      // Before: against the group's mean distance of 1.5 nats; after: as it is.
      let expected = order == .before ? [0.15, 0.05, -0.05, -0.15] : [0, -0.1, -0.2, -0.3]
      expectClose(sums, expected, 1e-6, "\(order)")
    }
  }

  @Test func overlongActsOnGDPOOnce() throws {
    let members = zip([0.2, 0.4, 0.6, 0.8], [4, 4, 4, 16]).map { EstimatorInput(reward: $0, length: $1, components: [$0]) }
    let batch = EstimatorBatch(groups: [members], componentWeights: [2])
    let overlong = AlgorithmFixture.map(["buffer": .number(8), "limit": .number(16)]).content
    let plain = try AlgorithmFixture.make("gdpo").advantage.firsts(batch)
    let punished = try AlgorithmFixture.make("gdpo", ["overlong": overlong]).advantage.firsts(batch)
    // −1 at the limit, against a mean of −¼.
    let sums = zip([0.2, 0.4, 0.6, 0.8], [0.25, 0.25, 0.25, -0.75]).map {
      2 * ($0 - 0.5) / (RewardStatistics([0.2, 0.4, 0.6, 0.8]).deviation + 1e-4) + $1
    }
    expectClose(punished, Whitening(unit: .completions, guarding: .added(1e-4)).whitened(sums))
    #expect(punished[3] < plain[3] && punished[3] - punished[2] < plain[3] - plain[2])
  }

  /// OpenRLHF: compare, bound, then let every token lose what it and those after it drifted.
  @Test func afterTheBaselineTokenByToken() {
    let members = [
      EstimatorInput(reward: 30, behavior: [-1, -1, -1], reference: [-1, -2, -1.5]),
      EstimatorInput(reward: 0, behavior: [-1], reference: [-1]), EstimatorInput(reward: nil, behavior: [-1], reference: [-4]),
    ]
    let penalty = KLPenalty(coefficient: 0.5, placement: .reward, order: .after, term: ReferenceKL(estimator: .k1))
    let shaped = ShapedRewards(GroupRelativeAdvantage(scale: .none), penalty: penalty, range: -10...10)
    let credits = shaped.estimates(for: EstimatorBatch(groups: [members]))[0].map(\.advantages)
    let expected: [[Double]] = [[9.25, 9.25, 9.75], [-10], [0]]
    #expect(credits == expected)
    // Returns know no baseline: the bound is on the reward and each penalty stays with its token.
    let returns = ShapedRewards(ReturnAdvantage(discount: 1, whitening: nil), penalty: penalty, range: -10...10)
    #expect(returns.estimates(for: EstimatorBatch(groups: [members]))[0][0].advantages == [9.25, 9.25, 9.75])
  }

  @Test func whiteningAloneLeavesOutWhatDoesNotCount() {
    let credits = [[1.0, 3], [5, 5, 5], [2]].map { AdvantageEstimate(advantages: $0, returns: $0) }
    let whitened = Whitening(guarding: .added(0)).whitened(credits, counting: [true, false, true])
    expectClose(whitened.flatMap(\.advantages), [-1, 1, 0, 0, 0, 0], 1e-15)
    #expect(whitened.map(\.returns) == credits.map(\.returns))
  }

  /// Stable-Baselines3 leaves an advantage alone in its minibatch as it is.
  @Test func oneAdvantageAlone() {
    #expect(Profile.sb3.choices.whitening.whitened([0.7]) == [0.7])
    #expect(Profile.sb3.choices.whitening.whitened([0.7, 0.7]) == [0, 0])
    #expect(Whitening.standard.whitened([0.7]) == [0])
  }

  /// A tied group is 0 under every profile, and what the whitening leaves it on request.
  @Test(arguments: Profile.allCases)
  func tiesAreExactUnlessAskedFor(_ profile: Profile) throws {
    let batch = EstimatorBatch(rewards: [1, 1, 0, 1, 0, 0], groupSize: 2)
    for name in ["reinforce++", "gdpo"] {
      var options: [String: OptionValue.Content] = ["profile": .text(profile.rawValue), "kl": Self.none]
      if name == "reinforce++" { options["baseline-group"] = .flag(true) }
      var components = batch
      components.componentWeights = [1]
      for group in components.groups.indices {
        for member in components.groups[group].indices {
          components.groups[group][member].components = [components.groups[group][member].reward]
        }
      }
      let exact = try AlgorithmFixture.make(name, options).advantage.firsts(components)
      #expect(exact[0] == 0 && exact[1] == 0 && exact[4] == 0 && exact[5] == 0 && exact[2] < 0, "\(name)")
      options["ties"] = .text("shifted")
      let shifted = try AlgorithmFixture.make(name, options).advantage.firsts(components)
      expectClose(Array(shifted[2...3]), Array(exact[2...3]))
    }
  }

  private static let none: OptionValue.Content = AlgorithmFixture.map(["coefficient": .number(0)]).content
}
