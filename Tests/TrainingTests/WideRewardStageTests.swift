import Algorithms
import Options
import Policies
import Questions
import Randomness
import Rewards
import TaktTesting
import TemporalRewards
import Testing

@testable import Training

/// Rewards that need more than one answer, in the loop with the tabular policy.
struct WideRewardStageTests {
  /// Carries tracks, and puts every question to the last prompt where the track is left out.
  private struct Source: ExerciseSource {
    struct Track: TrackHandle {
      let trackID: String
      let recording: String? = nil
    }

    var offers: Set<RewardNeed> = [.track, .policyWithoutTrack]

    func exercises(step: Int, round: Int) -> [Exercise<Int>] {
      (0..<3).map {
        Exercise(question: CountingQuestions.question($0), prompt: $0, demonstration: "0:01", track: Track(trackID: "track"))
      }
    }

    func prompt(of exercise: Exercise<Int>, changed change: PromptChange) -> Int? { change == .withoutTrack ? 3 : nil }
  }

  private static let documentation = RewardDocumentation(
    summary: "An example.", formula: "see its code", degenerateCases: "See its code.", source: "This test.", family: .instants,
    kinds: [.instant])

  /// σ((log p(answer | track) − log p(answer | no track)) / 1 nat): how much the answer owes to what was heard.
  private struct Listening: BatchReward {
    static let name = "listening"
    static let documentation = WideRewardStageTests.documentation
    static let needs: Set<RewardNeed> = [.policy, .policyWithoutTrack]

    init() {}
    init(options: inout OptionReader) {}

    func scores(of batch: RewardBatch) async throws -> [Double?] {
      let heard = try await batch.outputs(on: .unchanged)
      let blind = try await batch.outputs(on: .withoutTrack)
      return zip(heard.joined(), blind.joined()).map { heard, blind in
        let gain = heard.logProbability - blind.logProbability
        return 0.5 * (1 + gain / (1 + abs(gain)))
      }
    }
  }

  /// Asks a prompt that its source does not make, without having said so.
  private struct Otherwise: BatchReward {
    static let name = "otherwise"
    static let documentation = WideRewardStageTests.documentation

    init() {}
    init(options: inout OptionReader) {}

    func scores(of batch: RewardBatch) async throws -> [Double?] {
      try await batch.outputs { .asking($0.question) }.joined().map { _ in 0 }
    }
  }

  /// The rank of an answer's error in its group, from 1 for the least to 0.
  private struct Rank: GroupReward {
    static let name = "rank"
    static let documentation = WideRewardStageTests.documentation

    init() {}
    init(options: inout OptionReader) {}

    func scores(of group: RewardGroup) -> [Double?] {
      guard case .instant(let truth) = group.question.references[0] else { return group.readings.map { _ in nil } }
      let errors = group.readings.map { reading -> Double in
        if case .instant(let time)? = reading.answer { abs(time - truth) } else { .infinity }
      }
      guard group.count > 1 else { return [errors.first == 0 ? 1 : 0] }
      return errors.map { error in Double(errors.count { $0 > error }) / Double(group.count - 1) }
    }
  }

  private struct Miscounting: BatchReward {
    static let name = "miscounting"
    static let documentation = WideRewardStageTests.documentation

    init() {}
    init(options: inout OptionReader) {}

    func scores(of batch: RewardBatch) async throws -> [Double?] { [1] }
  }

  /// What was sampled, for looking at afterwards.
  private actor Kept {
    var members: [Rollout] = []
    func note(_ groups: [RolloutGroup<Int>]) { members += groups.flatMap(\.members) }
  }

  private static func stage(
    _ rewards: RewardSpec, _ name: String = "grpo", source: Source = Source(), groupSize: Int = 8, demonstrations: Int = 0,
    kept: Kept = Kept(), policy: TabularPolicy = ReinforcementStageTests.policy()
  ) async throws -> ReinforcementStage<TabularPolicy, Source> {
    try await ReinforcementStage(
      policy: policy, source: source, algorithm: try ReinforcementStageTests.algorithm(name), rewards: rewards,
      settings: .init(
        seed: 5, steps: 40, groupSize: groupSize, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 40), microbatchGroups: 3, driftTolerance: 1e-4,
        demonstrations: demonstrations),
      keep: { _, groups in await kept.note(groups) })
  }

  @Test func thePolicysOutputsOnAChangedPromptAreItsOwn() async throws {
    let kept = Kept()
    let policy = ReinforcementStageTests.policy()
    var stage = try await Self.stage(
      RewardSpec {
        OnsetError(scale: 1); Listening(); Unreadable().weighted(-1)
      }, kept: kept, policy: policy)
    _ = try await stage.step(0)
    #expect(await kept.members.allSatisfy { $0.judgement.components[1] == 0.5 }, "a table of zeros hears nothing yet")
    for step in 1..<30 { _ = try await stage.step(step) }
    // Once it was trained on three of its prompts, what it says of them is likelier than on the fourth.
    let late = await kept.members.suffix(24)
    #expect(late.compactMap { $0.judgement.components[1] }.reduce(0, +) / 24 > 0.55)
    let member = try #require(late.last)
    let outputs = try await policy.outputs(
      for: TokenBatch(prompts: [3], completions: [member.completion.tokens], promptIndices: [0]), temperature: 1)
    #expect(outputs.logProbabilities.count == member.completion.tokens.count)
  }

  @Test func aRankInTheGroupTeaches() async throws {
    var stage = try await Self.stage(
      RewardSpec {
        Rank(); Unreadable().weighted(-1)
      })
    var means: [Double] = []
    for step in 0..<40 {
      let metrics = try await stage.step(step)
      means.append(metrics["reward/mean"] ?? .nan)
    }
    #expect(means.suffix(5).reduce(0, +) > means.prefix(5).reduce(0, +) + 1, "\(means)")
  }

  @Test func theSameSeedGivesTheSameBytes() async throws {
    func bytes() async throws -> [String: [UInt8]] {
      var stage = try await Self.stage(
        RewardSpec {
          Rank(); Listening().weighted(0.5); Unreadable().weighted(-1)
        })
      for step in 0..<4 { _ = try await stage.step(step) }
      return try await stage.state()
    }
    #expect(try await bytes() == bytes())
  }

  /// A right demonstration outranks all that was sampled, whose ranks do not know of it.
  @Test func demonstrationsAreJudgedBesideWhatWasSampled() async throws {
    let rewards = RewardSpec { Rank() }
    let policy = ReinforcementStageTests.policy()
    let (groups, _, _) = try await RolloutCollector(
      parameters: SamplingParameters(maximumTokens: 2), groupSize: 6, rewards: rewards
    ).collect(Source().exercises(step: 0, round: 0), from: policy, stream: .init(seed: 1))
    let joined = try await Demonstrations(count: 2, rewards: rewards, temperature: 1, maximumTokens: 2).join(groups, of: policy)
    #expect(zip(joined, groups).allSatisfy { Array($0.members.prefix(6)) == $1.members && $0.members.count == 8 })
    // The first question's answer is 0:01.
    let others = groups[0].members.count { $0.reading.answer != .instant(1) }
    #expect(joined[0].members.suffix(2).allSatisfy { $0.judgement.total == Double(others) / 6 && $0.isDemonstration })
  }

  @Test func whatTheRunLacksIsRefusedBeforeTheFirstStep() async throws {
    func refusal(_ rewards: RewardSpec, _ name: String = "grpo", source: Source = Source(), groupSize: Int = 8) async -> String
    {
      do {
        _ = try await Self.stage(rewards, name, source: source, groupSize: groupSize)
        return ""
      } catch { return (error as? TrainingError)?.code == .unmetRequirement ? "\(error)" : "another error: \(error)" }
    }
    #expect(await refusal(RewardSpec { Listening() }) == "")
    #expect(
      await refusal(RewardSpec { Listening() }, source: Source(offers: []))
        == "the reward 'listening' needs the policy's outputs on the question without its track, which this training does not have: use it "
        + "in training, from a source of exercises that can leave out the track, or leave it out here")
    #expect(await refusal(RewardSpec { Rank() }, "ppo", groupSize: 1).contains("training.completions of 2 or more"))
    #expect(await refusal(RewardSpec { Rank() }, "remax").contains("compares with one greedy completion"))
    #expect(await refusal(RewardSpec { Listening().baseline() }).contains("leave out its `baseline`"))
  }

  @Test func whatGoesWrongInAStepNamesTheReward() async throws {
    var counting = try await Self.stage(RewardSpec { Miscounting() })
    await #expect { _ = try await counting.step(0) } throws: {
      "\($0)".contains("the reward 'miscounting' gave 1 scores to 24 answers")
    }
    var asking = try await Self.stage(RewardSpec { Otherwise() })
    await #expect { _ = try await asking.step(0) } throws: {
      "\($0)".contains("the reward 'otherwise' failed on the question 'track/tsg/0'") && "\($0)".contains("prompt(of:changed:)")
    }
  }
}
