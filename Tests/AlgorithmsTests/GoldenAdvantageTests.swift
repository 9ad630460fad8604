import Algorithms
import Testing

/// Advantages as TRL, verl and Stable-Baselines3 computed them in double precision.
struct GoldenAdvantageTests {
  /// The weighted sum of the components that apply; `nil` where none does.
  private static func composed(_ row: [Double?], _ weights: [Double]) -> Double? {
    row.allSatisfy { $0 == nil } ? nil : zip(row, weights).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
  }

  @Test(arguments: GoldenFile.steps("grpo_advantages"))
  func groupRelative(_ step: GoldenStep) throws {
    defer { step.settle() }
    step.params.passOver("case")
    let size = step.params["num_generations"].int
    let weights = step.input["reward_weights"].doubles
    let components = step.input["rewards_per_func"].list.map(\.optionals)
    let rewards = components.map { Self.composed($0, weights) }
    let epsilon = step.params["eps"].double
    let scale = try #require(GroupRelativeAdvantage.Scale(rawValue: step.params["scale_rewards"].text))
    var batch = EstimatorBatch(rewards: rewards, groupSize: size)
    let isDecoupled = step.params["aggregation"].text == "normalize_then_sum"
    if !isDecoupled {
      if step.params["aggregation"].text != "sum_then_normalize" { step.unknown(step.params["aggregation"]) }
      let estimator = GroupRelativeAdvantage(scale: scale, epsilon: epsilon)
      expectClose(estimator.firsts(batch), step.expected["advantages"].doubles)
      expectScored(step, rewards, size: size, isOfBatch: scale == .batch)
      return
    }
    batch.componentWeights = weights
    for group in batch.groups.indices {
      for member in batch.groups[group].indices { batch.groups[group][member].components = components[group * size + member] }
    }
    let estimator = DecoupledAdvantage(
      component: GroupRelativeAdvantage(scale: .group, epsilon: epsilon),
      whitening: Whitening(unit: .completions, guarding: .added(epsilon)), tiedStayZero: false)
    expectClose(estimator.firsts(batch), step.expected["advantages"].doubles)
    let sums = estimator.comparisons(for: batch).joined().map(\.advantages[0])
    expectScored(step, zip(rewards, sums).map { $0 == nil ? nil : $1 }, size: size, isOfBatch: true)
  }

  /// What was compared, and the deviation that TRL logs: of the batch, or of the group; none of fewer than two numbers.
  private func expectScored(_ step: GoldenStep, _ rewards: [Double?], size: Int, isOfBatch: Bool) {
    let expected = step.expected["rewards"].optionals
    #expect(expected.map { $0 == nil } == rewards.map { $0 == nil })
    expectClose(rewards.map { $0 ?? 0 }, expected.map { $0 ?? 0 }, 1e-9, "rewards")
    let deviations = stride(from: 0, to: rewards.count, by: size).flatMap { start -> [Double?] in
      let statistics = RewardStatistics((isOfBatch ? rewards[...] : rewards[start..<start + size]).compactMap { $0 })
      return [Double?](repeating: statistics.count > 1 ? statistics.deviation : nil, count: size)
    }
    let stored = step.expected["std"].optionals
    #expect(stored.map { $0 == nil } == deviations.map { $0 == nil })
    expectClose(deviations.map { $0 ?? 0 }, stored.map { $0 ?? 0 }, 1e-9, "deviation")
  }

  @Test(arguments: GoldenFile.steps("grpo_advantages_by_index", "rloo_advantages_by_index"))
  func byIndex(_ step: GoldenStep) {
    defer { step.settle() }
    let (batch, order) = EstimatorBatch.make(rewards: step.input["rewards"].doubles, group: step.input["group"].ints)
    if !["advantage = reward", "mean 0, std 1"].contains(step.params["singleton"].text) {
      step.unknown(step.params["singleton"])
    }
    let estimator: any AdvantageEstimator =
      step.function == "rloo_advantages_by_index"
      ? LeaveOneOutAdvantage(singleton: .reward)
      : GroupRelativeAdvantage(
        scale: step.params["divide_by_std"].bool ? .group : .none, epsilon: step.params["eps"].double, singleton: .reward)
    let credits = estimator.estimates(for: batch)
    expectClose(order.map { credits[$0.0][$0.1].advantages[0] }, step.expected["advantages"].doubles)
  }

  @Test(arguments: GoldenFile.steps("reinforce_pp_baseline_advantages"))
  func reinforcePlusPlusBaseline(_ step: GoldenStep) {
    defer { step.settle() }
    let lengths = Ragged(step.input["mask"].matrix).lengths
    let (batch, order) = EstimatorBatch.make(
      rewards: step.input["rewards"].doubles, group: step.input["group"].ints, lengths: lengths)
    let credits = BaselineReturnAdvantage(whitening: Profile.verl.choices.whitening, singleton: .reward, tiedStayZero: false)
      .estimates(for: batch)
    for (place, expected) in zip(order, step.expected["advantages"].matrix) {
      expectClose(credits[place.0][place.1].advantages, expected)
    }
  }

  /// The penalty enters as a reward of each token, from log-probabilities in `Float`: hence the tolerance where β > 0.
  @Test(arguments: GoldenFile.steps("rloo_advantages"))
  func leaveOneOutWithPenalty(_ step: GoldenStep) {
    defer { step.settle() }
    let weights = step.input["reward_weights"].doubles
    let ragged = Ragged(step.input["mask"].matrix)
    let (old, reference) = (step.input["old_logps"].matrix, step.input["ref_logps"].matrix)
    let beta = step.params["beta"].double
    let size = step.params["num_generations"].int
    let bounds = step.params["reward_clip_range"].isNull ? nil : step.params["reward_clip_range"].doubles
    let range = bounds.map { $0[0]...$0[1] }
    let inputs = step.input["rewards_per_func"].list.map(\.optionals).enumerated().map { index, row -> EstimatorInput in
      let single = Ragged([step.input["mask"].matrix[index]])
      let composed = Self.composed(row, weights)
      var input = EstimatorInput(
        reward: composed.map { reward in range.map { min(max(reward, $0.lowerBound), $0.upperBound) } ?? reward },
        behavior: single.flat([old[index]]),
        reference: single.flat([reference[index]]))
      input.tokenRewards = zip(single.flat([old[index]]), single.flat([reference[index]])).map { -beta * ($0 - $1) }
      return input
    }
    let rewards = step.expected["rewards"].optionals
    #expect(rewards.map { $0 == nil } == inputs.map { $0.reward == nil })
    expectClose(inputs.map { $0.totalReward ?? 0 }, rewards.map { $0 ?? 0 }, 1e-9, "rewards")
    let batch = EstimatorBatch(groups: stride(from: 0, to: inputs.count, by: size).map { Array(inputs[$0..<$0 + size]) })
    let whitening = Whitening(unit: .completions, guarding: .added(step.params["eps"].double))
    let estimator = LeaveOneOutAdvantage(whitening: step.params["normalize_advantages"].bool ? whitening : nil)
    // A completion without tokens counts in its group and has no token to carry an advantage.
    let expected = zip(step.expected["advantages"].doubles, ragged.lengths).filter { $0.1 > 0 }.map { $0.0 }
    expectClose(estimator.firsts(batch), expected)

    var plain = batch
    for group in plain.groups.indices {
      for member in plain.groups[group].indices {
        plain.groups[group][member].tokenRewards = []
        plain.groups[group][member].reward = Self.composed(
          step.input["rewards_per_func"].list[group * size + member].optionals, weights)
      }
    }
    let shaped = ShapedRewards(
      estimator, penalty: KLPenalty(coefficient: beta, placement: .reward, term: ReferenceKL(estimator: .k1)), range: range)
    expectClose(shaped.firsts(plain), expected, 1e-6)
  }

  @Test(arguments: GoldenFile.steps("gae"))
  func generalizedAdvantage(_ step: GoldenStep) {
    defer { step.settle() }
    let layout = "[step][env]; episode_starts[t]=1 when step t begins an episode; dones: the last step ended one"
    if step.params["layout"].text != layout { step.unknown(step.params["layout"]) }
    let estimator = GeneralizedAdvantage(discount: step.params["gamma"].double, lambda: step.params["lambda"].double)
    let (rewards, values) = (step.input["rewards"].matrix, step.input["values"].matrix)
    let starts = step.input["episode_starts"].matrix
    #expect(step.expected["advantages"].matrix.map(\.count) == values.map(\.count))
    for environment in values[0].indices {
      let isDone = step.input["dones"].doubles[environment] > 0
      let ends = starts.indices.map { $0 + 1 < starts.count ? starts[$0 + 1][environment] > 0 : isDone }
      let column = values.map { $0[environment] }
      let advantages = estimator.advantages(
        rewards: rewards.map { $0[environment] }, values: column, endsEpisode: ends,
        nextValue: step.input["last_values"].doubles[environment])
      expectClose(advantages, step.expected["advantages"].matrix.map { $0[environment] })
      expectClose(zip(advantages, column).map { $0 + $1 }, step.expected["returns"].matrix.map { $0[environment] })
    }
  }

  /// Values are `Float` in a batch, so the recursion is checked in `Double`, and the whitening on its result.
  @Test(arguments: GoldenFile.steps("gae_masked"))
  func generalizedAdvantageOfCompletions(_ step: GoldenStep) {
    defer { step.settle() }
    let ragged = Ragged(step.input["mask"].matrix)
    let estimator = GeneralizedAdvantage(discount: step.params["gamma"].double, lambda: step.params["lambda"].double)
    let rewards = ragged.flat(step.input["rewards"].matrix)
    let values = ragged.flat(step.input["values"].matrix)
    let raw = ragged.sequences.flatMap { estimator.advantages(rewards: Array(rewards[$0]), values: Array(values[$0])) }
    expectClose(raw, ragged.flat(step.expected["raw_advantages"].matrix))
    expectClose(zip(raw, values).map { $0 + $1 }, ragged.flat(step.expected["returns"].matrix))
    expectClose(Profile.verl.choices.whitening.whitened(raw), ragged.flat(step.expected["whitened_advantages"].matrix))

    let batch = EstimatorBatch(
      groups: [
        ragged.sequences.map { sequence in
          var input = EstimatorInput(reward: 0, length: sequence.count, values: Array(values[sequence]))
          input.tokenRewards = Array(rewards[sequence])
          return input
        }
      ])
    let whole = GeneralizedAdvantage(
      discount: estimator.discount, lambda: estimator.lambda, whitening: Profile.verl.choices.whitening)
    expectClose(
      whole.estimates(for: batch)[0].flatMap(\.advantages), ragged.flat(step.expected["whitened_advantages"].matrix), 1e-6)
  }
}
