import Algorithms
import Options
import Policies
import Questions
import Rewards
import TaktTesting
import Testing
import Training

/// Tied groups replaced by further questions, within a bound, and what happens where that does not help.
struct DynamicSamplingTests {
  /// Three questions a round, of which those below `good` of the round can be answered; the others have no reference, so that all
  /// their completions go without a reward.
  struct Source: ExerciseSource {
    let good: @Sendable (_ round: Int) -> Int

    func exercises(step: Int, round: Int) -> [Exercise<Int>] {
      (0..<3).map { index in
        var question = CountingQuestions.question(index)
        if index >= good(round) { question.kind = .choice }
        return Exercise(question: question, prompt: index)
      }
    }
  }

  private static func step(
    _ options: [(String, OptionValue.Content)], good: @escaping @Sendable (Int) -> Int
  ) async throws -> (metrics: [String: Double], moved: Bool, kept: KeptGroups) {
    let policy = ReinforcementStageTests.policy()
    let kept = KeptGroups()
    var stage = try await ReinforcementStage(
      policy: policy, source: Source(good: good), algorithm: try ReinforcementStageTests.algorithm("dapo", options),
      rewards: ReinforcementStageTests.rewards(),
      settings: .init(
        seed: 5, steps: 60, groupSize: 12, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 60), microbatchGroups: 3, driftTolerance: 1e-4),
      keep: { _, groups in await kept.note(groups.map(\.isLearnt)) })
    let before = await policy.checkpoint()
    let metrics = try await stage.step(0)
    return (metrics, await policy.checkpoint() != before, kept)
  }

  /// What went to the store: of each sampled group whether the update learnt from it.
  private actor KeptGroups {
    var marks: [Bool] = []
    var learnt: Int { marks.count { $0 } }
    func note(_ marks: [Bool]) { self.marks = marks }
  }

  @Test func furtherQuestionsTakeThePlaceOfTiedOnes() async throws {
    let (metrics, moved, kept) = try await Self.step([], good: { _ in 2 })
    // Two of three are good in each round, so the second round fills the step: three of six groups are used.
    #expect(await kept.marks == [true, true, false, true, false, false] && moved)
    #expect(metrics["reward/sampling_rounds"] == 2 && metrics["reward/kept_groups"] == 0.5)
    #expect(metrics["reward/tied_groups"] == 1.0 / 3)
  }

  @Test func theBoundHoldsAndTheFallbackIsToGoWithout() async throws {
    let (metrics, moved, kept) = try await Self.step([("refill-rounds", .number(4))], good: { $0 == 4 ? 1 : 0 })
    #expect(await kept.learnt == 1 && moved)
    #expect(await kept.marks.count == 15)
    #expect(metrics["reward/sampling_rounds"] == 5 && metrics["reward/kept_groups"] == 1.0 / 15)
  }

  @Test func aStepOfTiedGroupsAloneMovesNothingAndLogsNoMean() async throws {
    let (metrics, moved, kept) = try await Self.step([("refill-rounds", .number(2))], good: { _ in 0 })
    #expect(await kept.marks == [Bool](repeating: false, count: 9) && !moved)
    #expect(metrics["reward/sampling_rounds"] == 3 && metrics["reward/tied_groups"] == 1)
    #expect(metrics["update/optimizer_steps"] == 0 && metrics["update/gradient_norm"] == nil)
    #expect(metrics["reward/mean"] == nil && metrics["policy/loss"] == nil)
  }

  @Test func theOtherFallbackFillsUpWithTiedGroups() async throws {
    let (metrics, _, kept) = try await Self.step(
      [("refill-rounds", .number(1)), ("refill-fallback", .text("keep"))], good: { _ in 1 })
    #expect(await kept.learnt == 3 && metrics["reward/kept_groups"] == 0.5)
  }

  /// Counts what a curriculum is shown, by question.
  private struct Watcher: Curriculum {
    static let name = "watcher"
    static let summary = "counts what it is shown"
    static let choosesQuestions = false
    var metrics: [String: Double] { [:] }
    var seen: [String: Double] = [:]
    var state: [String: Double] {
      get { seen }
      set { seen = newValue }
    }

    init() {}

    init(options: inout OptionReader) {}

    mutating func observe(_ question: Question, rewards: [Double]) { seen[question.id, default: 0] += Double(rewards.count) }
  }

  /// One of three questions cannot be answered: its group ties and is dropped from the update, and from nothing else.
  @Test func whatLearnsFromRewardsSeesTiedGroupsToo() async throws {
    let spec = RewardSpec([
      RewardComponent(AnswersSeen()), RewardComponent(ReinforcementStageTests.rewards().components[0].reward),
    ])
    var stage = try await ReinforcementStage(
      policy: ReinforcementStageTests.policy(), source: Source(good: { _ in 2 }),
      algorithm: try ReinforcementStageTests.algorithm("grpo", [("tied-groups", .text("drop"))]), rewards: spec,
      settings: .init(
        seed: 5, steps: 60, groupSize: 12, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 60), microbatchGroups: 3, driftTolerance: 1e-4),
      curricula: [Watcher()])
    let metrics = try await stage.step(0)
    #expect(metrics["reward/kept_groups"] == 2.0 / 3)
    #expect(stage.rewards.state["answers-seen/count"] == 36)
    #expect(stage.curricula[0].state.keys.sorted() == (0..<3).map { CountingQuestions.question($0).id }.sorted())
  }

  /// Counts the answers that it is shown, and scores none.
  private struct AnswersSeen: TemporalReward, AdaptiveReward {
    static let name = "answers-seen"
    static let documentation = RewardDocumentation(
      summary: "", formula: "", degenerateCases: "", source: "", family: .instants, kinds: [.instant])
    var count = 0.0
    var range: ClosedRange<Double> { 0...1 }
    var state: [String: Double] {
      get { ["count": count] }
      set { count = newValue["count"] ?? count }
    }

    init() {}

    init(options: inout OptionReader) {}

    func score(_ reading: Reading, in response: Response, to question: Question) -> Double? { nil }

    mutating func observe(_ reading: Reading, to question: Question) { count += 1 }
  }
}
