import Algorithms
import Foundation
import Options
import Policies
import Questions
import Rewards
import RunLogs
import TaktTesting
import TemporalRewards
import Testing
import Training

struct ReinforcementStageTests {
  typealias Stage<P: TrainablePolicy> = ReinforcementStage<P, CountingQuestions> where P.Prompt == Int

  private static func options(_ entries: [(String, OptionValue.Content)]) -> OptionReader {
    OptionReader(OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) })))
  }

  static func rewards() -> RewardSpec {
    let items: [[(String, OptionValue.Content)]] = [
      [("reward", .text("onset-error")), ("scale", .number(1))], [("reward", .text("unreadable")), ("weight", .number(-1))],
    ]
    let list = items.map { entries in
      OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
    }
    var options = options([("rewards", .list(list))])
    return RewardSpec(options: &options, catalog: .builtIn)
  }

  static func algorithm(_ name: String, _ more: [(String, OptionValue.Content)] = []) throws -> any Algorithm {
    var options = options([("algorithm", .text(name))] + more)
    let algorithm = AlgorithmCatalog.builtIn.make(options: &options)
    try options.finish()
    return try #require(algorithm)
  }

  static func stage<P: TrainablePolicy<Int>>(
    _ policy: P, _ name: String, groupSize: Int = 8, more: [(String, OptionValue.Content)] = []
  ) async throws -> Stage<P> {
    try await Stage(
      policy: policy, source: CountingQuestions(), algorithm: try algorithm(name, more), rewards: rewards(),
      settings: .init(
        seed: 5, steps: 60, groupSize: groupSize, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 60), microbatchGroups: 3, driftTolerance: 1e-4))
  }

  static func policy() -> TabularPolicy { TabularPolicy(prompts: 4, positions: 2, words: CountingQuestions.words) }

  private func run(
    _ stage: inout some TrainingStage, steps: Int, from checkpoint: Checkpoint? = nil
  ) async throws -> [RunEvent] {
    let log = MemorySink()
    let loop = StageLoop(
      cadence: .init(steps: steps, evaluateEvery: 0, checkpointEvery: 0), log: log, checkpoints: nil)
    _ = try await loop.run(&stage, from: checkpoint) { _, _ in [:] }
    return await log.events.filter { $0.kind == .step }
  }

  @Test(arguments: ["grpo", "dr-grpo", "ppo"]) func learnsToSayWhen(_ name: String) async throws {
    // Dr. GRPO divides by a constant length, which plain gradient descent, unlike Adam, takes at its word.
    var stage = try await Self.stage(Self.policy(), name, more: name == "dr-grpo" ? [("constant-length", .number(2))] : [])
    let events = try await run(&stage, steps: 60)
    let rewards = events.compactMap { $0.scalars["reward/mean"] }
    let (first, last) = (rewards.prefix(5).reduce(0, +) / 5, rewards.suffix(5).reduce(0, +) / 5)
    // A uniform table mostly says two times or none, which is unreadable and earns −1; a perfect one earns 1.
    #expect(first < -0.2)
    #expect(last > first + 0.3)
    #expect(events.allSatisfy { $0.scalars["policy/drift_max"] ?? 1 < 1e-4 })
  }

  @Test func sameSeedSameBytesAndAResumedRunIsTheSameRun() async throws {
    var whole = try await Self.stage(Self.policy(), "ppo")
    let events = try await run(&whole, steps: 12)

    var begun = try await Self.stage(Self.policy(), "ppo")
    let firstHalf = try await run(&begun, steps: 7)
    var resumed = try await Self.stage(Self.policy(), "ppo")
    let secondHalf = try await run(&resumed, steps: 12, from: Checkpoint(stepsDone: 7, state: try await begun.state()))

    #expect(try await resumed.state() == whole.state())
    let steps = (firstHalf + secondHalf).map { $0.withoutTimes.scalars }
    #expect(steps == events.map { $0.withoutTimes.scalars })
  }

  @Test func requirementsAreCheckedBeforeTheFirstStep() async throws {
    await #expect {
      _ = try await Self.stage(Self.policy(), "grpo", groupSize: 1)
    } throws: { ($0 as? TrainingError)?.code == .unmetRequirement && "\($0)".contains("training.completions") }
    await #expect {
      _ = try await Self.stage(HeadlessPolicy(base: Self.policy()), "ppo")
    } throws: { ($0 as? TrainingError)?.code == .unmetRequirement && "\($0)".contains("value-head") }
  }

  @Test func aPolicyThatSamplesFromAnotherDistributionIsRefused() async throws {
    var stage = try await Self.stage(HeadlessPolicy(base: Self.policy(), offset: 0.1), "grpo")
    await #expect { _ = try await stage.step(0) } throws: { ($0 as? TrainingError)?.code == .drift }
  }

  @Test func aLossThatIsNoNumberStopsTheRunAndNamesTheStep() async throws {
    var stage = try await Self.stage(HeadlessPolicy(base: Self.policy(), offset: .nan), "grpo")
    let before = try await stage.state()
    await #expect {
      _ = try await stage.step(3)
    } throws: { ($0 as? TrainingError)?.code == .nonFinite && "\($0)".contains("step 3") }
    #expect(try await stage.state() == before)
  }

  @Test func theReferencePolicyHoldsTheTableBack() async throws {
    var free = try await Self.stage(Self.policy(), "grpo")
    let kl: [(String, OptionValue.Content)] = [
      ("kl", .map([OptionEntry(key: "coefficient", value: OptionValue(.number(5)))]))
    ]
    var held = try await Self.stage(Self.policy(), "grpo", more: kl)
    let loose = try await run(&free, steps: 40).last?.scalars["reward/mean"] ?? 0
    let tight = try await run(&held, steps: 40).last?.scalars["reward/mean"] ?? 0
    #expect(tight < loose - 0.1)
  }
}
