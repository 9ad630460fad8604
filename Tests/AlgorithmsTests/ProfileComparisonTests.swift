import Algorithms
import Options
import Testing

struct ProfileComparisonTests {
  @Test func aProfileDoesNotDifferFromItself() throws {
    let batch = CreditBatch(rewards: [1, 0, 0.5, 0.25], groupSize: 4, lengths: [3, 4, 2, 4])
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
    #expect(coefficient?.left == "0.05" && coefficient?.right == "0.0")
    #expect(!comparison.choices(for: "grpo").contains { $0.name == "kl.coefficient" })
    #expect(comparison.choices(for: "grpo").contains { $0.name == "entropy.aggregation" })
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
      try ProfileComparison(.trl, .verl).completions(of: CreditBatch(groups: []), algorithm: "grpoo")
    }
  }
}
