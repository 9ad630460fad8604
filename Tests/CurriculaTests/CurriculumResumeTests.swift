import Algorithms
import Curricula
import Options
import Policies
import Randomness
import RunLogs
import TaktTesting
import Testing
import Training

/// Six questions of two tasks, of which a step asks four.
private struct DrawnQuestions: ExerciseSource {
  static let words = (0..<6).map { "0:0\($0)" }

  private let draw = QuestionDraw(
    bank: [
      "tsg": (0..<4).map { CurriculumReading.question($0, task: "tsg", at: Double($0)) },
      "mtr": (4..<6).map { CurriculumReading.question($0, task: "mtr", at: Double($0 - 2)) },
    ], usualShares: ["tsg": 1, "mtr": 1])

  var followsGuidance: Bool { true }

  func exercises(step: Int, round: Int) -> [Exercise<Int>] { exercises(step: step, round: round, guidance: QuestionGuidance()) }

  func exercises(step: Int, round: Int, guidance: QuestionGuidance) -> [Exercise<Int>] {
    let drawn = draw.draw(4, guidance: guidance, stream: RandomStream(seed: 2).derived(step, round))
    return drawn.sorted { $0.key < $1.key }.flatMap { task, indices in
      indices.compactMap { index in
        draw.bank[task].map { Exercise(question: $0[index], prompt: task == "tsg" ? index : index + 4) }
      }
    }
  }
}

struct CurriculumResumeTests {
  private static let all: [[CurriculumReading.Entry]] = [
    [
      ("curriculum", .text("reward-option")), ("label", .text("onset-error")), ("option", .text("scale")), ("from", .number(4)),
      ("to", .number(0.5)),
    ],
    [("curriculum", .text("rollout-spread"))],
    [
      ("curriculum", .text("task-mix")), ("mix", CurriculumReading.numbers([("tsg", 3), ("mtr", 1)])),
      ("to", CurriculumReading.numbers([("tsg", 1), ("mtr", 1)])),
    ],
  ]

  private func stage<Source: ExerciseSource<Int>>(
    _ source: Source, _ items: [[CurriculumReading.Entry]]
  ) async throws -> ReinforcementStage<TabularPolicy, Source> {
    var options = OptionReader(CurriculumReading.map([("algorithm", .text("grpo"))]))
    return try await ReinforcementStage(
      policy: TabularPolicy(prompts: 6, positions: 2, words: DrawnQuestions.words), source: source,
      algorithm: try #require(AlgorithmCatalog.builtIn.make(options: &options)), rewards: CurriculumReading.rewards(),
      settings: .init(
        seed: 5, steps: 20, groupSize: 8, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 20), microbatchGroups: 3, driftTolerance: 1e-4),
      curricula: CurriculumReading.curricula(items).curricula)
  }

  private func run(_ stage: inout some TrainingStage, steps: Int, from checkpoint: Checkpoint? = nil) async throws -> [RunEvent]
  {
    let log = MemorySink()
    let loop = StageLoop(cadence: .init(steps: steps, evaluateEvery: 0, checkpointEvery: 0), log: log, checkpoints: nil)
    _ = try await loop.run(&stage, from: checkpoint) { _, _ in [:] }
    return await log.events.filter { $0.kind == .step }.map(\.withoutTimes)
  }

  @Test func aResumedRunAsksAndLogsWhatTheWholeOneDoes() async throws {
    var whole = try await stage(DrawnQuestions(), Self.all)
    let events = try await run(&whole, steps: 20)

    var begun = try await stage(DrawnQuestions(), Self.all)
    let firstHalf = try await run(&begun, steps: 9)
    let saved = Checkpoint(stepsDone: 9, state: try await begun.state())
    var resumed = try await stage(DrawnQuestions(), Self.all)
    let secondHalf = try await run(&resumed, steps: 20, from: try Checkpoint(decoding: saved.encoded()))

    #expect(
      Checkpoint(stepsDone: 20, state: try await resumed.state()).encoded()
        == Checkpoint(stepsDone: 20, state: try await whole.state()).encoded())
    #expect((firstHalf + secondHalf).map(\.scalars) == events.map(\.scalars))

    let last = try #require(events.last)
    #expect(abs((last.scalars["curriculum/mix/tsg"] ?? 0) - (0.75 - 0.25 * 19 / 20)) < 1e-12)
    #expect(events[0].scalars["curriculum/mix/tsg"] == 0.75)
    #expect(events[0].scalars["curriculum/onset-error/scale"] == 4)
    #expect(last.scalars["curriculum/spread/seen"] == 6)
    for event in events { #expect(event.distributions["reward/distribution"]?.count == 32) }
    #expect(events[0].texts["completion/examples"]?.hasPrefix("| | reward | question | completion |\n") == true)
  }

  private struct OwnQuestions: ExerciseSource {
    func exercises(step: Int, round: Int) -> [Exercise<Int>] { [] }
  }

  @Test func aSourceThatGivesItsOwnQuestionsIsRefusedBeforeTheFirstStep() async throws {
    await #expect {
      _ = try await stage(OwnQuestions(), [[("curriculum", .text("rollout-spread"))]])
    } throws: { ($0 as? TrainingError)?.code == .unmetRequirement && "\($0)".contains("rollout-spread") }
    _ = try await stage(OwnQuestions(), [Self.all[0]])
  }
}
