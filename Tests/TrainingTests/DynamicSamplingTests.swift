import Algorithms
import Options
import Policies
import Questions
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
  ) async throws -> (metrics: [String: Double], moved: Bool, kept: Int) {
    let policy = ReinforcementStageTests.policy()
    let kept = KeptGroups()
    var stage = try await ReinforcementStage(
      policy: policy, source: Source(good: good), algorithm: try ReinforcementStageTests.algorithm("dapo", options),
      rewards: ReinforcementStageTests.rewards(),
      settings: .init(
        seed: 5, steps: 60, groupSize: 12, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 60), microbatchGroups: 3, driftTolerance: 1e-4),
      keep: { _, groups in await kept.note(groups.count) })
    let before = await policy.checkpoint()
    let metrics = try await stage.step(0)
    return (metrics, await policy.checkpoint() != before, await kept.count)
  }

  private actor KeptGroups {
    var count = 0
    func note(_ count: Int) { self.count = count }
  }

  @Test func furtherQuestionsTakeThePlaceOfTiedOnes() async throws {
    let (metrics, moved, kept) = try await Self.step([], good: { _ in 2 })
    // Two of three are good in each round, so the second round fills the step: three of six groups are used.
    #expect(kept == 3 && moved)
    #expect(metrics["reward/sampling_rounds"] == 2 && metrics["reward/kept_groups"] == 0.5)
    #expect(metrics["reward/tied_groups"] == 1.0 / 3)
  }

  @Test func theBoundHoldsAndTheFallbackIsToGoWithout() async throws {
    let (metrics, moved, kept) = try await Self.step([("refill-rounds", .number(4))], good: { $0 == 4 ? 1 : 0 })
    #expect(kept == 1 && moved)
    #expect(metrics["reward/sampling_rounds"] == 5 && metrics["reward/kept_groups"] == 1.0 / 15)
  }

  @Test func aStepOfTiedGroupsAloneMovesNothingAndLogsNoMean() async throws {
    let (metrics, moved, kept) = try await Self.step([("refill-rounds", .number(2))], good: { _ in 0 })
    #expect(kept == 0 && !moved)
    #expect(metrics["reward/sampling_rounds"] == 3 && metrics["reward/tied_groups"] == 1)
    #expect(metrics["update/optimizer_steps"] == 0 && metrics["update/gradient_norm"] == nil)
    #expect(metrics["reward/mean"] == nil && metrics["policy/loss"] == nil)
  }

  @Test func theOtherFallbackFillsUpWithTiedGroups() async throws {
    let (metrics, _, kept) = try await Self.step(
      [("refill-rounds", .number(1)), ("refill-fallback", .text("keep"))], good: { _ in 1 })
    #expect(kept == 3 && metrics["reward/kept_groups"] == 0.5)
  }
}
