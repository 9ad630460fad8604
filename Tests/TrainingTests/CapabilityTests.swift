import Algorithms
import Options
import Policies
import Rewards
import TaktTesting
import TemporalRewards
import Testing

@testable import Training

/// What a policy says that it cannot do is held against the run before anything is sampled.
struct CapabilityTests {
  private func settings(temperature: Float = 1, demonstrations: Int = 0) -> ReinforcementSettings {
    ReinforcementSettings(
      seed: 1, steps: 1, groupSize: 4, temperature: temperature, maximumTokens: 4,
      learningRate: LearningRateSchedule(base: 0.1, steps: 1), microbatchGroups: 1, driftTolerance: 1,
      demonstrations: demonstrations)
  }

  private func map(_ entries: [(String, OptionValue.Content)]) -> OptionValue {
    OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
  }

  private func said(
    _ settings: ReinforcementSettings, entropy: Double = 0, credit: String = "completion",
    _ change: (inout PolicyCapabilities) -> Void
  ) throws -> String {
    var options = OptionReader(
      map([("algorithm", .text("grpo")), ("entropy", map([("coefficient", .number(entropy))]).content)]))
    let algorithm = try #require(AlgorithmCatalog.builtIn.make(options: &options))
    let reward = map([("reward", .text("onset-error")), ("credit", .text(credit))])
    var rewardOptions = OptionReader(map([("rewards", .list([reward]))]))
    let rewards = RewardSpec(options: &rewardOptions, catalog: .builtIn)
    var capabilities = PolicyCapabilities()
    change(&capabilities)
    do {
      try settings.check(capabilities, for: algorithm, rewards)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func aPolicyThatCanAllIsTaken() throws {
    #expect(try said(settings(temperature: 0.7, demonstrations: 1), entropy: 0.01, credit: "span") { _ in } == "")
  }

  @Test func eachLackIsRefusedWithItsRemedyWhereItMatters() throws {
    #expect(
      try said(settings(temperature: 0.7)) { $0.temperatures = .one }.contains("training.temperature is 0.7: set it to 1"))
    #expect(try said(settings()) { $0.temperatures = .one } == "")
    #expect(try said(settings(), entropy: 0.01) { $0.entropies = false }.contains("set algorithm.entropy to 0"))
    #expect(try said(settings()) { $0.entropies = false } == "")
    #expect(try said(settings(), credit: "span") { $0.textOffsets = false }.contains("set credit: completion"))
    #expect(try said(settings()) { $0.textOffsets = false } == "")
    #expect(try said(settings(demonstrations: 2)) { $0.supervised = false }.contains("training.demonstrations is 2"))
    #expect(try said(settings()) { $0.supervised = false } == "")
  }
}
