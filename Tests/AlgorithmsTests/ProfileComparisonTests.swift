import Algorithms
import Options
import Testing

struct ProfileComparisonTests {
  @Test func aProfileDoesNotDifferFromItself() throws {
    let batch = EstimatorBatch(rewards: [1, 0, 0.5, 0.25], groupSize: 4, lengths: [3, 4, 2, 4])
    for profile in Profile.allCases {
      let comparison = ProfileComparison(profile, profile)
      #expect(comparison.choices.isEmpty)
      #expect(try comparison.completions(of: batch).allSatisfy { !$0.differs })
    }
  }

  @Test func choicesOfTRLAndVerl() {
    let names = ProfileComparison(.trl, .verl).choices.map(\.name)
    #expect(names.contains("advantage-epsilon") && names.contains("dual-clip") && names.contains("aggregation"))
    #expect(!names.contains("clip-low") && !names.contains("scale"))
    let epsilon = ProfileComparison(.trl, .verl).choices.first { $0.name == "advantage-epsilon" }
    #expect(epsilon?.left == "0.0001" && epsilon?.right == "1e-06")
  }

  @Test func choicesBelongToTheAlgorithm() {
    let comparison = ProfileComparison(.trl, .verl)
    let coefficient = comparison.choices(for: "rloo").first { $0.name == "kl.coefficient" }
    #expect(coefficient?.left == "0.05" && coefficient?.right == "0")
    #expect(!comparison.choices(for: "grpo").contains { $0.name == "kl.coefficient" })
    #expect(comparison.choices(for: "grpo").contains { $0.name == "entropy.aggregation" })
  }

  /// What is printed are the algorithm's own defaults: GSPO's clip range and average, REINFORCE++'s baseline, and nothing of PPO's.
  @Test func choicesAreWhatTheAlgorithmReads() {
    func rows(_ left: Profile, _ right: Profile, _ algorithm: String) -> [String: [String]] {
      Dictionary(
        uniqueKeysWithValues: ProfileComparison(left, right).choices(for: algorithm).map { ($0.name, [$0.left, $0.right]) })
    }
    let gspo = rows(.trl, .takt, "gspo")
    #expect(gspo["clip-low"] == ["0.2", "0.0003"] && gspo["clip-high"] == ["0.2", "0.0004"])
    #expect(gspo["aggregation"] == nil && gspo["value.clip"] == nil && gspo["minibatches"] == nil && gspo["whitening"] == nil)
    let verl = rows(.takt, .verl, "gspo")
    #expect(verl["log-ratio-limit"] == ["20", "10"])
    #expect(verl["ratios that log-ratio-limit holds"] == ["below 1 too", "above 1 alone"])
    #expect(verl["length-slack"] == ["0", "1e-08"])
    let plus = rows(.msSwift, .takt, "reinforce++")
    #expect(plus["baseline-group"] == ["true", "false"] && plus["kl.placement"] == nil && plus["whitening"] != nil)
    #expect(rows(.trl, .verl, "dapo")["aggregation"] == ["batch-token-mean", "token-mean"])
    #expect(rows(.trl, .takt, "ppo")["value.clip"] == ["0.2", "0"])
    #expect(rows(.takt, .trl, "gdpo")["whitening"] == nil && rows(.takt, .verl, "gdpo")["whitening"] != nil)
    #expect(rows(.trl, .verl, "nonsense").isEmpty)
  }

  /// Every pair of different profiles differs in some choice.
  @Test func noTwoProfilesAreTheSame() {
    for left in Profile.allCases {
      for right in Profile.allCases where right != left { #expect(!ProfileComparison(left, right).choices.isEmpty) }
    }
  }

  /// The figures of the golden file, now through `profile:` alone.
  @Test(arguments: GoldenFile.upstream.indices)
  func profilesGiveTheirToolkitsNumbers(_ index: Int) throws {
    let json = GoldenFile.upstream[index]
    let batch = UpstreamInputs(json["_inputs"]).batch()
    let trlAndVerl = try ProfileComparison(.trl, .verl).completions(of: batch)
    expectClose(trlAndVerl.map(\.left.advantage), json["trl"]["trl.sum_then_normalize/group r1 only"].doubles)
    expectClose(trlAndVerl.map(\.right.advantage), json["advantages"]["verl.grpo"].doubles)
    #expect(trlAndVerl.map(\.differs) == [true, true, true, true, false, false, false, false, true, true, true, true])
    let others = try ProfileComparison(.openrlhf, .nemo).completions(of: batch)
    expectClose(others.map(\.left.advantage), json["openrlhf"]["openrlhf.group_norm scalar"].doubles)
    expectClose(
      Array(others.map(\.right.advantage).dropLast()), Array(json["nemo-rl"]["nemo.grpo loo+norm"].doubles.dropLast()))
    let swift = try ProfileComparison(.msSwift, .sb3).completions(of: batch)
    // ms-swift takes the mean over completions of token means, so every completion's tokens pull with A/12 together.
    expectClose(swift.map(\.left.pull), json["trl"]["trl.sum_then_normalize/group r1 only"].doubles.map { $0 / 12 })
    expectClose(swift.map(\.right.tokenWeight), [Double](repeating: 1.0 / 36, count: 12))
  }

  @Test func unknownAlgorithmThrows() {
    #expect(throws: OptionError.self) {
      try ProfileComparison(.trl, .verl).completions(of: EstimatorBatch(groups: []), algorithm: "grpoo")
    }
  }
}
