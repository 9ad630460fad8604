import Algorithms
import ExternalPolicy
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

/// What the example in Python is asked.
struct WordPrompt: Encodable, Sendable {
  let question: String
}

/// Three questions, each always with one answer.
private struct FixedQuestions: ExerciseSource, SupervisedExampleSource {
  static let asked = [("When does the flute enter?", 12.0), ("When do the drums stop?", 41), ("When is it loudest?", 25)]

  func exercises(step: Int, round: Int) -> [Exercise<WordPrompt>] {
    Self.asked.enumerated().map { index, entry in
      Exercise(
        question: Question(
          id: "t/tsg/\(index)", trackID: "t", task: "tsg", text: entry.0, kind: .instant, references: [.instant(entry.1)],
          duration: 60), prompt: WordPrompt(question: entry.0))
    }
  }

  func examples(step: Int) -> [SupervisedExample<WordPrompt>] { [] }
}

struct ExternalPolicyTests {
  /// Where `TAKT_PYTHON` names a Python with numpy: the example of `python/`, or its ancestor that speaks version 1 of the messages.
  private func policy(version: Int = 2, checkpoints: String? = nil) throws -> ExternalPolicy<WordPrompt>? {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"], !python.isEmpty else { return nil }
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    func path(_ name: String) -> String { tests.appendingPathComponent(name).standardizedFileURL.path }
    let script = version == 1 ? "version1_policy.py" : "../../python/examples/linear_policy.py"
    return try ExternalPolicy(
      command: ["env", "PYTHONPATH=" + path("../../python"), python, path(script)], seed: 1, timeout: 60,
      checkpoints: checkpoints)
  }

  @Test(arguments: [1, 2]) func theExampleInPythonConforms(version: Int) async throws {
    guard let policy = try policy(version: version) else { return }
    #expect(policy.name == "linear softmax" && !policy.hasValueHead && policy.protocolVersion == version)
    #expect(policy.worker.checkpoint == (version == 1 ? .bytes : .folder))
    var options = PolicyConformanceOptions()
    options.answer = "0:12-0:30"
    options.maximumTokens = 6
    options.learningRate = 1e-2
    let prompts = FixedQuestions.asked.map { WordPrompt(question: $0.0) }
    let failures = await policyConformanceFailures(policy, prompts: prompts, options: options)
    #expect(failures.isEmpty, "\(failures)")
  }

  private func stage(
    _ policy: ExternalPolicy<WordPrompt>
  ) async throws -> ReinforcementStage<ExternalPolicy<WordPrompt>, FixedQuestions> {
    func map(_ entries: [(String, OptionValue.Content)]) -> OptionValue {
      OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
    }
    var rewardOptions = OptionReader(
      map([
        (
          "rewards",
          .list([
            map([("reward", .text("onset-error")), ("scale", .number(15))]),
            map([("reward", .text("unreadable")), ("weight", .number(-1))]),
          ])
        )
      ]))
    var algorithmOptions = OptionReader(map([("algorithm", .text("grpo"))]))
    return try await ReinforcementStage(
      policy: policy, source: FixedQuestions(),
      algorithm: try #require(AlgorithmCatalog.builtIn.make(options: &algorithmOptions)),
      rewards: RewardSpec(options: &rewardOptions, catalog: .builtIn),
      settings: .init(
        seed: 3, steps: 60, groupSize: 16, temperature: 1, maximumTokens: 4,
        learningRate: LearningRateSchedule(base: 0.1, steps: 60), microbatchGroups: 2, driftTolerance: 1e-5))
  }

  private func run(
    _ stage: inout some TrainingStage, steps: Int, from checkpoint: Checkpoint? = nil
  ) async throws -> [RunEvent] {
    let log = MemorySink()
    let loop = StageLoop(cadence: .init(steps: steps, evaluateEvery: 0, checkpointEvery: 0), log: log, checkpoints: nil)
    _ = try await loop.run(&stage, from: checkpoint) { _, _ in [:] }
    return await log.events.filter { $0.kind == .step }.map(\.withoutTimes)
  }

  @Test func theExampleInPythonLearnsToSayWhen() async throws {
    guard let policy = try policy() else { return }
    var stage = try await stage(policy)
    let rewards = try await run(&stage, steps: 60).compactMap { $0.scalars["reward/mean"] }
    let (first, last) = (rewards.prefix(5).reduce(0, +) / 5, rewards.suffix(5).reduce(0, +) / 5)
    // A guess somewhere in the minute earns about 0.3 where it can be read; the right second earns 1.
    #expect(first < 0.4, "\(rewards)")
    #expect(last > 0.75, "\(rewards)")
  }

  @Test func aNewProcessGoesOnFromTheCheckpointOfTheOld() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let first = try policy(), let second = try policy(checkpoints: folder), let third = try policy(checkpoints: folder)
    else { return }
    var whole = try await stage(first)
    let events = try await run(&whole, steps: 6)
    var begun = try await stage(second)
    _ = try await run(&begun, steps: 3)
    var resumed = try await stage(third)
    let rest = try await run(&resumed, steps: 6, from: Checkpoint(stepsDone: 3, state: try await begun.state()))
    #expect(rest.map(\.scalars) == events.suffix(3).map(\.scalars))
    #expect(try await resumed.state() == whole.state())
  }

  private func greeted(_ rest: String, timeout: Double = 20) throws -> ExternalPolicy<WordPrompt> {
    let hello = #"read line; echo '{"id":1,"protocol":1,"name":"shell"}'; "#
    return try ExternalPolicy(command: ["sh", "-c", hello + rest], seed: 0, timeout: timeout)
  }

  private func message(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "nothing was thrown"
    } catch {
      return "\(error)"
    }
  }

  private func score(_ policy: ExternalPolicy<WordPrompt>) async -> String {
    let batch = TokenBatch(prompts: [WordPrompt(question: "q")], completions: [[1]], promptIndices: [0])
    return await message { _ = try await policy.outputs(for: batch, temperature: 1) }
  }

  @Test func aProcessThatEndsIsSaidWithItsExitCode() async throws {
    let policy = try greeted("read line; exit 7")
    #expect(await score(policy).contains("ended with exit code 7"))
    #expect(await score(policy).contains("ended with exit code 7"), "and again")
    #expect(await score(try greeted("read line; kill -9 $$")).contains("was killed by SIGKILL"))
    let missing = await message { _ = try ExternalPolicy<WordPrompt>(command: ["no-such-program"], seed: 0) }
    #expect(missing.contains("there is no 'no-such-program' on the PATH"))
  }

  @Test func aProcessThatIsTooSlowIsSaid() async throws {
    let policy = try greeted("read line; read line", timeout: 0.2)
    #expect(await score(policy).contains("gave no answer to 'outputs' for 0.2 s. Raise policy.timeout"))
  }

  @Test func whatIsNoAnswerIsShown() async throws {
    #expect(await score(try greeted("read line; echo loading model")).contains("no answer to it: 'loading model'"))
    #expect(
      await score(try greeted(#"read line; echo '{"id":9,"log_probabilities":[0],"entropies":[0]}'; read line"#))
        .contains("answered call 9 where call 2, 'outputs', waits"))
    #expect(
      await score(try greeted(#"read line; echo '{"id":2,"log_probabilities":[0,0],"entropies":[0]}'; read line"#))
        .contains("gave 2 log-probabilities, 1 entropies and 0 values for 1 tokens"))
    let refused = try greeted(#"read line; echo '{"id":2,"error":{"code":"bad-prompt","message":"too long"}}'; read line"#)
    #expect(await score(refused).hasSuffix("refused call 2, 'outputs': too long"))
  }

  @Test func anotherVersionIsRefused() async {
    let said = await message {
      _ = try ExternalPolicy<WordPrompt>(
        command: ["sh", "-c", #"read line; echo '{"id":1,"protocol":3,"name":"new"}'"#], seed: 0)
    }
    #expect(said.contains("speaks version 3 of the messages and this Takt 1 and 2"))
  }
}
