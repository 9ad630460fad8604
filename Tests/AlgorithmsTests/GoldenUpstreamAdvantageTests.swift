import Algorithms
import Options
import Testing

/// The advantages of `rl_upstream.json`: TRL, verl, OpenRLHF, ms-swift, NeMo-RL and Stable-Baselines3 on one batch.
@Suite(.serialized)
struct GoldenUpstreamAdvantageTests {
  private typealias Case = (key: String, estimator: any AdvantageEstimator)

  private static let verl = Profile.verl.choices

  @Test(arguments: GoldenFile.upstream.indices)
  func verlPerCompletion(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let batch = UpstreamInputs(json["_inputs"]).batch()
    let cases: [Case] = [
      ("verl.grpo", GroupRelativeAdvantage(scale: .group, epsilon: 1e-6)),
      ("verl.grpo_nostd(Dr.GRPO)", GroupRelativeAdvantage(scale: .none)),
      ("verl.grpo_passk", BestOfGroupAdvantage(epsilon: 1e-6)),
      ("verl.rloo", LeaveOneOutAdvantage()),
      ("verl.opo", LengthWeightedAdvantage()),
      ("verl.gpg", RescaledAdvantage()),
      ("verl.rf++_baseline", BaselineReturnAdvantage(whitening: Self.verl.whitening, tiedStayZero: false)),
    ]
    for (key, estimator) in cases { expectClose(estimator.firsts(batch), json["advantages"][key].doubles, 1e-9, key) }
    let gdpo = DecoupledAdvantage(
      component: GroupRelativeAdvantage(scale: .group, epsilon: 1e-6), whitening: Self.verl.whitening, tiedStayZero: false)
    // verl keeps component rewards in single precision.
    expectClose(
      gdpo.firsts(UpstreamInputs(json["_inputs"]).batch(weights: [1, 0.5])),
      json["advantages"]["verl.gdpo w=[1,.5] (rewards stored f32)"].doubles, 1e-6)
    // Single precision throughout: Takt agrees to its rounding where rewards differ, and gives the tied group exactly 0.
    let vectorized = json["advantages"]["verl.grpo_vectorized(float32 internally)"].doubles
    let own = GroupRelativeAdvantage(scale: .group, epsilon: 1e-6).firsts(batch)
    expectClose(Array(own[0..<4] + own[8..<12]), Array(vectorized[0..<4] + vectorized[8..<12]), 2e-7)
    #expect(own[4..<8].allSatisfy { $0 == 0 })
    #expect(vectorized[4..<8].allSatisfy { $0 > 0.01 })
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func verlPerToken(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let flat = { (key: String) in inputs.ragged.flat(json["advantages"][key].matrix) }
    for (key, discount) in [("verl.rf++ gamma=1 [N][T]", 1.0), ("verl.rf++ gamma=0.9 [N][T]", 0.9)] {
      let estimator = ReturnAdvantage(discount: discount, whitening: Self.verl.whitening)
      expectClose(estimator.estimates(for: inputs.batch()).flatMap { $0.flatMap(\.advantages) }, flat(key), 1e-9, key)
    }
    var greedy = inputs.batch()
    greedy.greedyRewards = greedy.groups.map { _ in 0.5 }
    expectClose(
      GreedyBaselineAdvantage().estimates(for: greedy).flatMap { $0.flatMap(\.advantages) },
      flat("verl.remax baseline=0.5 [N][T]"))

    let estimator = GeneralizedAdvantage(discount: 1, lambda: 0.95)
    let raw = Self.generalized(estimator, inputs)
    expectClose(Self.verl.whitening.whitened(raw), flat("verl.gae lam=.95 adv(whitened) [N][T]"))
    expectClose(zip(raw, inputs.value).map { $0 + $1 }, flat("verl.gae lam=.95 returns [N][T]"))
    let openrlhf = Profile.openrlhf.choices.whitening.whitened(raw)
    expectClose(
      openrlhf, inputs.ragged.flat(json["openrlhf"]["openrlhf.gae lam=.95 whitened*mask [N][T] (executed)"].matrix), 5e-7)
  }

  /// The recursion in `Double`: values of a batch are `Float`.
  static func generalized(_ estimator: GeneralizedAdvantage, _ inputs: UpstreamInputs) -> [Double] {
    zip(inputs.ragged.sequences, inputs.rewards).flatMap { tokens, reward in
      var rewards = [Double](repeating: 0, count: tokens.count)
      rewards[tokens.count - 1] = reward
      return estimator.advantages(rewards: rewards, values: Array(inputs.value[tokens]))
    }
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func swiftAndTRL(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let sums = zip(inputs.rewards, inputs.rewards2).map { $0 + 0.5 * $1 }
    let batch = inputs.batch(sums, weights: [1, 0.5])
    let whole = Whitening(unit: .completions, guarding: .added(1e-4), centers: false)
    for scale in GroupRelativeAdvantage.Scale.allCases {
      let group = GroupRelativeAdvantage(scale: scale, epsilon: 1e-4)
      let note = scale.rawValue
      expectClose(group.firsts(batch), json["ms-swift"]["swift.grpo/\(note) (rewards=1*r1+0.5*r2)"].doubles, 1e-9, note)
      expectClose(group.firsts(batch), json["trl"]["trl.sum_then_normalize/\(note)"].doubles, 1e-9, note)
      // ms-swift's RLOO is n/(n − 1) times its GRPO, whatever the scale.
      expectClose(
        group.firsts(batch).map { $0 * 4 / 3 }, json["ms-swift"]["swift.rloo/\(note) (rewards=1*r1+0.5*r2)"].doubles, 1e-9, note
      )
    }
    let centred = GroupRelativeAdvantage(scale: .none)
    let plus = { (key: String) in json["ms-swift"]["swift.reinforce_plus_plus/\(key) (rewards=1*r1+0.5*r2)"].doubles }
    expectClose(GroupRelativeAdvantage(scale: .group, epsilon: 1e-4).firsts(batch), plus("group"))
    expectClose(whole.whitened(centred.firsts(batch)), plus("batch"))
    expectClose(centred.firsts(batch), plus("none"))

    let decoupled = { (epsilon: Double) in
      DecoupledAdvantage(
        component: GroupRelativeAdvantage(scale: .group, epsilon: epsilon),
        whitening: Whitening(unit: .completions, guarding: .added(epsilon)), tiedStayZero: false)
    }
    expectClose(decoupled(1e-8).firsts(batch), json["ms-swift"]["swift.grpo/gdpo (rewards=1*r1+0.5*r2)"].doubles)
    expectClose(decoupled(1e-4).firsts(batch), json["trl"]["trl.normalize_then_sum (GDPO)"].doubles)
    let first = GroupRelativeAdvantage(scale: .group, epsilon: 1e-4)
    expectClose(first.firsts(inputs.batch()), json["trl"]["trl.sum_then_normalize/group r1 only"].doubles)
    var partly: [Double?] = sums
    partly[1] = nil
    partly[2] = 0.5 * inputs.rewards2[2]
    expectClose(
      first.firsts(inputs.batch(partly)), json["trl"]["trl.sum_then_normalize/group with row1 all-None, row2 r1 None"].doubles)
    expectClose(LeaveOneOutAdvantage().firsts(inputs.batch()), json["trl"]["trl.rloo"].doubles)
  }

  /// What an experiment gets that names the algorithm and the toolkit and nothing else.
  @Test(arguments: GoldenFile.upstream.indices)
  func namedProfiles(_ index: Int) throws {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let sums = zip(inputs.rewards, inputs.rewards2).map { $0 + 0.5 * $1 }
    func firsts(_ name: String, _ profile: String, _ batch: EstimatorBatch) throws -> [Double] {
      try AlgorithmFixture.make(name, ["profile": .text(profile)]).advantage.firsts(batch)
    }
    let batch = inputs.batch(sums, weights: [1, 0.5])
    expectClose(try firsts("grpo", "ms-swift", batch), json["ms-swift"]["swift.grpo/group (rewards=1*r1+0.5*r2)"].doubles)
    // ms-swift's own default is scale none for RLOO, and the batch's deviation for REINFORCE++.
    expectClose(try firsts("rloo", "ms-swift", batch), json["ms-swift"]["swift.rloo/none (rewards=1*r1+0.5*r2)"].doubles)
    expectClose(
      try firsts("reinforce++", "ms-swift", batch),
      json["ms-swift"]["swift.reinforce_plus_plus/batch (rewards=1*r1+0.5*r2)"].doubles)
    expectClose(try firsts("gdpo", "ms-swift", batch), json["ms-swift"]["swift.grpo/gdpo (rewards=1*r1+0.5*r2)"].doubles)
    expectClose(try firsts("gdpo", "trl", batch), json["trl"]["trl.normalize_then_sum (GDPO)"].doubles)
    expectClose(try firsts("rloo", "trl", inputs.batch()), json["trl"]["trl.rloo"].doubles)
    expectClose(try firsts("grpo", "verl", inputs.batch()), json["advantages"]["verl.grpo"].doubles)
    expectClose(try firsts("rloo", "verl", inputs.batch()), json["advantages"]["verl.rloo"].doubles)
    expectClose(try firsts("grpo", "openrlhf", inputs.batch()), json["openrlhf"]["openrlhf.group_norm scalar"].doubles)
    // verl whitens the tied group too, and keeps component rewards in single precision.
    let verl = json["advantages"]["verl.gdpo w=[1,.5] (rewards stored f32)"].doubles
    let own = try firsts("gdpo", "verl", inputs.batch(weights: [1, 0.5]))
    for (own, verl) in zip(own, verl) where own != 0 { #expect(abs(own - verl) < 1e-6) }
    #expect(own.count { $0 != 0 } >= 8)
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func openRLHF(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    expectClose(
      GroupRelativeAdvantage(scale: .group, epsilon: 1e-9).firsts(inputs.batch()),
      json["openrlhf"]["openrlhf.group_norm scalar"].doubles)
    expectClose(LeaveOneOutAdvantage().firsts(inputs.batch()), json["openrlhf"]["openrlhf.rloo scalar"].doubles)
    // OpenRLHF whitens in single precision; NeMo-RL's figure of the same formula is in double.
    let estimator = BaselineReturnAdvantage(whitening: Profile.openrlhf.choices.whitening, tiedStayZero: false)
    let advantages = estimator.estimates(for: inputs.batch()).flatMap { $0.flatMap(\.advantages) }
    let flat = { (json: JSON) in inputs.ragged.flat(json.matrix) }
    expectClose(advantages, flat(json["openrlhf"]["openrlhf.reinforce_baseline whitened [N][T] (mask after)"]), 5e-7)
    expectClose(advantages, flat(json["nemo-rl"]["nemo.reinforce++ (minus_baseline) [N][T] masked"]))
  }

  /// Where the others of a group are tied, NeMo-RL divides by the rounding of their deviation plus ε and gets 595,295 in double
  /// and 3,693 in single precision; Takt leaves the difference as it is.
  @Test(arguments: GoldenFile.upstream.indices)
  func nemo(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let others = LeaveOneOutAdvantage(scale: .others(epsilon: 1e-6))
    let own = others.firsts(inputs.batch())
    let published = json["nemo-rl"]["nemo.grpo loo+norm"].doubles
    expectClose(Array(own.dropLast()), Array(published.dropLast()))
    expectClose(own[11], 0.6)
    #expect(published[11] > 595_000)
    expectClose(
      GroupRelativeAdvantage(scale: .group, epsilon: 1e-6).firsts(inputs.batch()),
      json["nemo-rl"]["nemo.grpo no-loo norm"].doubles,
      2e-8)
    expectClose(LeaveOneOutAdvantage().firsts(inputs.batch()), json["nemo-rl"]["nemo.grpo loo no-norm (=RLOO)"].doubles)

    let spike = json["nemo fp32 LOO spike: rewards 7x0.35+0.95"]
    let batch = EstimatorBatch(rewards: [Double](repeating: 0.35, count: 7) + [0.95], groupSize: 8)
    let spread = others.firsts(batch)
    expectClose(Array(spread.dropLast()), Array(spike["adv"].doubles.dropLast()), 1e-6)
    expectClose(spread[7], 0.6)
    let firstOthers = RewardStatistics([Double](repeating: 0.35, count: 6) + [0.95])
    expectClose(firstOthers.deviation, spike["std"].doubles[0], 1e-6)

    // One spike decides the whole batch upstream: every other advantage collapses to −0.2887. Without it they stay apart.
    let gdpo = DecoupledAdvantage(component: others, whitening: Whitening(unit: .completions, guarding: .added(0)))
    let decoupled = gdpo.firsts(inputs.batch(weights: [1, 0.5]))
    let collapsed = json["nemo-rl"]["nemo.gdpo loo w=[1,.5]"].doubles
    #expect(collapsed.dropLast().allSatisfy { ($0 + 0.2887).magnitude < 1e-4 })
    #expect((decoupled[0] - decoupled[3]).magnitude > 1)
    // With NeMo-RL's own spike in place of the difference, the same whitening gives its figures.
    let sums = zip(published, Self.nemoSecond(inputs)).map { $0 + 0.5 * $1 }
    expectClose(Whitening(unit: .completions, guarding: .added(0)).whitened(sums), collapsed, 1e-6)
  }

  private static func nemoSecond(_ inputs: UpstreamInputs) -> [Double] {
    LeaveOneOutAdvantage(scale: .others(epsilon: 1e-6)).firsts(inputs.batch(inputs.rewards2))
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func stableBaselines(_ index: Int) {
    let json = GoldenFile.upstream[index]["sb3/cleanrl gae"]
    let starts = json["episode_starts"].doubles
    let ends = starts.indices.map { $0 + 1 < starts.count ? starts[$0 + 1] > 0 : json["last_done"].double > 0 }
    let advantages = GeneralizedAdvantage(discount: json["gamma"].double, lambda: json["lam"].double).advantages(
      rewards: json["rewards"].doubles, values: json["values"].doubles, endsEpisode: ends, nextValue: json["last_value"].double)
    expectClose(advantages, json["adv"].doubles)
    expectClose(zip(advantages, json["values"].doubles).map { $0 + $1 }, json["returns"].doubles)
    expectClose(Profile.sb3.choices.whitening.whitened(advantages), json["adv_minibatch_norm"].doubles)
  }

  /// In single precision the mean of equal rewards may miss them by a rounding, which a small ε then blows up.
  ///
  /// The figures upstream follow from their deviation and ε; Takt's own are exactly 0.
  @Test(arguments: GoldenFile.upstream.indices)
  func equalRewardsLeaveNoResidue(_ index: Int) {
    let json = GoldenFile.upstream[index]["float32 residue when all rewards identical"]
    var withResidue = 0
    for key in json.keys {
      let parts = key.split(whereSeparator: { "= ".contains($0) })
      guard let reward = Double(parts[1]), let count = Int(parts[3]) else {
        Issue.record("unexpected key \(key)")
        continue
      }
      if json[key]["std"].double > 0 { withResidue += 1 }
      for epsilon in [1e-4, 1e-6, 1e-9] {
        let batch = EstimatorBatch(rewards: [Double](repeating: reward, count: count), groupSize: count)
        #expect(GroupRelativeAdvantage(scale: .group, epsilon: epsilon).firsts(batch).allSatisfy { $0 == 0 })
      }
      let deviation = json[key]["std"].double
      for (name, epsilon) in [("trl_swift_eps1e4", 1e-4), ("verl_eps1e6", 1e-6), ("openrlhf_eps1e9", 1e-9)] {
        // |A| = √((n − 1)/n)·s / (s + ε) for a mean that misses n equal numbers by one rounding.
        let residue = (Double(count - 1) / Double(count)).squareRoot() * deviation
        expectClose(residue / (deviation + epsilon), json[key][name].double, 1e-3, "\(key) \(name)")
      }
    }
    #expect(withResidue == 3)
  }
}
