import Algorithms
import Policies
import Questions
import Randomness
import Rewards
import TaktTesting
import Testing

@testable import Training

/// Reference answers among the sampled ones.
struct DemonstrationsTests {
  /// Two questions; the second has no demonstration.
  private struct Source: ExerciseSource {
    func exercises(step: Int, round: Int) -> [Exercise<Int>] {
      (0..<2).map {
        Exercise(
          question: CountingQuestions.question($0), prompt: $0,
          demonstration: $0 == 0 ? CountingQuestions.words[Int(CountingQuestions.answers[0])] : nil)
      }
    }
  }

  private actor Kept {
    var members: [Int] = []
    func note(_ groups: [RolloutGroup<Int>]) { members = groups.map(\.members.count) }
  }

  private func step(
    demonstrations: Int
  ) async throws -> (policy: TabularPolicy, metrics: [String: Double], kept: [Int]) {
    let policy = ReinforcementStageTests.policy()
    let kept = Kept()
    var stage = try await ReinforcementStage(
      policy: policy, source: Source(), algorithm: try ReinforcementStageTests.algorithm("grpo"),
      rewards: ReinforcementStageTests.rewards(),
      settings: .init(
        seed: 5, steps: 60, groupSize: 4, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, warmup: 0, steps: 60), microbatchGroups: 3, driftTolerance: 1e-4,
        demonstrations: demonstrations),
      keep: { _, groups in await kept.note(groups) })
    let metrics = try await stage.step(0)
    return (policy, metrics, await kept.members)
  }

  private func probability(of answer: Int, under policy: TabularPolicy) async throws -> Float {
    try await policy.outputs(
      for: TokenBatch(prompts: [0], completions: [[Token(answer), Token(CountingQuestions.words.count)]], promptIndices: [0]),
      temperature: 1
    ).logProbabilities.reduce(0, +)
  }

  @Test func theyJoinTheirGroupAndAreJudged() async throws {
    let policy = ReinforcementStageTests.policy()
    let rewards = ReinforcementStageTests.rewards()
    let exercises = Source().exercises(step: 0, round: 0)
    let (groups, _, _) = try await RolloutCollector(
      parameters: SamplingParameters(maximumTokens: 2), groupSize: 3, rewards: rewards
    ).collect(exercises, from: policy, stream: .init(seed: 1))
    let joined = try await Demonstrations(count: 2, rewards: rewards, temperature: 1, maximumTokens: 2).join(
      groups, of: policy)
    let short = try await Demonstrations(count: 2, rewards: rewards, temperature: 1, maximumTokens: 1).join(groups, of: policy)
    #expect(short.map(\.members.count) == [3, 3])
    #expect(joined.map(\.members.count) == [5, 3])
    #expect(joined.map { $0.members.filter { !$0.isDemonstration } } == groups.map(\.members))
    for member in joined[0].members.suffix(2) {
      #expect(member.isDemonstration && member.judgement.total == 1 && member.completion.text == "0:01")
      #expect(member.completion.tokens == [1, Token(CountingQuestions.words.count)])
      // A table of zeros: seven outcomes at each of two positions.
      #expect(member.completion.logProbabilities.allSatisfy { abs($0 + 1.9459101) < 1e-6 })
    }
  }

  @Test func logsAndStoreHoldSampledCompletionsAlone() async throws {
    let (_, plain, plainKept) = try await step(demonstrations: 0)
    let (_, shown, kept) = try await step(demonstrations: 3)
    #expect(kept == [4, 4] && kept == plainKept)
    for key in [
      "reward/mean", "reward/std", "completion/length_mean", "outcome/answered", "reward/tied_groups", "policy/drift_max",
    ] {
      #expect(shown[key] == plain[key], "\(key)")
    }
  }

  @Test(arguments: ["ppo", "pass-at-k"]) func algorithmsThatNeedSampledCompletionsRefuseThem(_ name: String) async throws {
    let algorithm = try ReinforcementStageTests.algorithm(name)
    try ReinforcementSettings.check(algorithm, hasValueHead: true, groupSize: 4)
    let error = #expect(throws: TrainingError.self) {
      try ReinforcementSettings.check(algorithm, hasValueHead: true, groupSize: 4, demonstrations: 2)
    }
    #expect(error.map { "\($0)".contains("\(name) learns from completions that the policy sampled") } == true)
  }

  /// Refill, greedy baselines and several epochs take them as they take any member.
  @Test(arguments: ["dapo", "remax", "gspo", "reinforce++", "rloo", "dr-grpo"]) func otherAlgorithmsTakeThem(_ name: String)
    async throws
  {
    let policy = ReinforcementStageTests.policy()
    var stage = try await ReinforcementStage(
      policy: policy, source: Source(), algorithm: try ReinforcementStageTests.algorithm(name),
      rewards: ReinforcementStageTests.rewards(),
      settings: .init(
        seed: 5, steps: 60, groupSize: 4, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, warmup: 0, steps: 60), microbatchGroups: 3, driftTolerance: 1e-4,
        demonstrations: 1))
    let before = try await probability(of: 1, under: policy)
    for step in 0..<5 { _ = try await stage.step(step) }
    #expect(try await probability(of: 1, under: policy) > before)
  }

  @Test func theRightAnswerGrowsLikelierThanWithoutThem() async throws {
    let before = try await probability(of: 1, under: ReinforcementStageTests.policy())
    let shown = try await probability(of: 1, under: try await step(demonstrations: 1).policy)
    let plain = try await probability(of: 1, under: try await step(demonstrations: 0).policy)
    #expect(shown > before && shown > plain)
  }
}
