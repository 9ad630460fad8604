import Algorithms
import Options
import Policies
import Questions
import Randomness
import Rewards
import TaktTesting
import TemporalRewards
import Testing
import Timelines

@testable import Training

/// Credit by span on its way from a reward to the tokens of a completion.
struct SpanCreditStageTests {
  static let question = Question(
    id: "t/mtr/0", trackID: "t", task: "mtr", text: "When?", kind: .intervals,
    references: [.intervals([Interval(start: 10, end: 20)].compactMap { $0 })], duration: 60)

  struct Source: ExerciseSource {
    func exercises(step: Int, round: Int) -> [Exercise<Int>] { [Exercise(question: question, prompt: 0)] }
  }

  static func rewards(_ reward: String = "interval-f1") -> RewardSpec {
    let entries: [(String, OptionValue.Content)] = [("reward", .text(reward)), ("credit", .text("span"))]
    let item = OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
    var options = OptionReader(OptionValue(.map([OptionEntry(key: "rewards", value: OptionValue(.list([item])))])))
    return RewardSpec(options: &options, catalog: .builtIn)
  }

  /// Two intervals, of which the first is right, and the right one alone.
  private static func groups() async throws -> [RolloutGroup<Int>] {
    let texts = ["0:10-0:20, 0:40-0:50", "0:10-0:20"]
    let policy = ScriptedPolicy<Int> { _, index in texts[index] }
    let collector = RolloutCollector(parameters: .init(maximumTokens: 64), groupSize: 2, rewards: rewards())
    return try await collector.collect(
      Source().exercises(step: 0, round: 0), from: policy, stream: RandomStream(seed: 1)
    ).groups
  }

  /// The scripted policy's tokens are characters; the last ends the answer.
  @Test func tokensOfAWrongIntervalGetLessThanThoseOfARightOne() async throws {
    let groups = try await Self.groups()
    let batch = UpdateBatch(
      groups, behavior: nil, reference: nil, greedyRewards: [], rewards: Self.rewards(), selection: CompletionSelection())
    let whole = 2.0 / 3
    let expected =
      [Double](repeating: 1, count: 9) + [whole, whole] + [Double](repeating: 0, count: 9) + [whole]
    #expect(batch.credit.groups[0][0].tokenCredits == expected)
    // The other answer earns 1 everywhere, also outside its span.
    #expect(batch.credit.groups[0][1].tokenCredits == [Double](repeating: 1, count: 10))
    let credits = GroupRelativeAdvantage(scale: .none).estimates(for: batch.credit)[0]
    let mean = ((9 + 3 * whole) / 21 + 1) / 2
    #expect(zip(credits[0].advantages, expected).allSatisfy { abs($0 - ($1 - mean)) < 1e-12 })
    #expect(credits[0].advantages[3] > 0 && credits[0].advantages[15] < 0)
  }

  @Test func aTokenOfSeveralSpansHasTheCreditOfTheLast() {
    let completion = Completion(
      tokens: [1, 2, 3], logProbabilities: [0, 0, 0], text: "ab1:30", textOffsets: [0, 2, 6], isTruncated: false)
    let judgement = Judgement(
      total: 0.5, components: [0.5], spans: [SpanCredit(bytes: 2..<4, score: 1), SpanCredit(bytes: 4..<6, score: 0.25)])
    let judged = Rollout(
      completion: completion, reading: Reading(outcome: .answered, answer: .instant(90), isStrict: true), judgement: judgement)
    #expect(judged.tokenCredits == [0.5, 0.25, 0.5])
  }

  private static func stage(
    _ algorithm: String, _ policy: TabularPolicy
  ) async throws -> ReinforcementStage<TabularPolicy, Source> {
    try await ReinforcementStage(
      policy: policy, source: Source(), algorithm: try ReinforcementStageTests.algorithm(algorithm), rewards: rewards(),
      settings: .init(
        seed: 3, steps: 40, groupSize: 16, temperature: 1, maximumTokens: 3,
        learningRate: LearningRateSchedule(base: 0.3, steps: 40), microbatchGroups: 1, driftTolerance: 1e-4))
  }

  /// Words are whole intervals, so the table must learn to say the right one and not to add the wrong one.
  @Test func anAlgorithmThatIgnoresSpansSaysSoAndOneThatUsesThemDoesNot() async throws {
    let words = ["0:10-0:20,", "0:40-0:50"]
    var used = try await Self.stage("grpo", TabularPolicy(prompts: 1, positions: 3, words: words))
    #expect(used.warnings == [])
    let metrics = try await used.step(0)
    #expect((metrics["reward/span_tokens"] ?? 0) > 0.1)
    let ignored = try await Self.stage("rloo", TabularPolicy(prompts: 1, positions: 3, words: words))
    #expect(ignored.warnings.count == 1)
    #expect(ignored.warnings.first?.contains("rloo knows no credit finer than a completion and ignores") == true)
    #expect(ignored.warnings.first?.contains("grpo, dr-grpo, dapo") == true)
  }

  @Test func aPolicyThatKeepsItsOffsetsToItselfIsRefused() async throws {
    let base = TabularPolicy(prompts: 1, positions: 3, words: ["0:10-0:20,", "0:40-0:50"])
    var stage = try await ReinforcementStage(
      policy: HeadlessPolicy(base: base, hidesOffsets: true), source: Source(),
      algorithm: try ReinforcementStageTests.algorithm("grpo"), rewards: Self.rewards(),
      settings: .init(
        seed: 3, steps: 40, groupSize: 16, temperature: 1, maximumTokens: 3,
        learningRate: LearningRateSchedule(base: 0.3, steps: 40), microbatchGroups: 1, driftTolerance: 1e-4))
    await #expect {
      _ = try await stage.step(0)
    } throws: { ($0 as? TrainingError)?.code == .unmetRequirement && "\($0)".contains("Completion.textOffsets") }
  }
}
