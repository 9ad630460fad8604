import Comparisons
import Experiments
import Foundation
import Options
import RunLogs
import Synchronization
import Testing
import Training

@testable import ExperimentFiles
@testable import ExperimentKinds
@testable import ExperimentPrograms
@testable import Judging
@testable import OptionFiles
@testable import RunFolders
@testable import Runs

extension LoadedTable {
  static func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
}

/// Whole runs of a policy kind that is not Takt's own: every stage that it supports, from its YAML to its page.
struct RunPathTests {
  private static let plugins: Plugins = {
    do {
      return try Plugins.builtIn.adding(policies: [TabularPolicyKind.self])
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static func file(_ more: String, overrides: [String] = []) throws -> ExperimentFile {
    let text = """
      name: table
      seed: 3
      policy: {kind: tabular}
      tracks: {train: 6, validation: 2, test: 2}
      questions: {tasks: [tsg], per-track: [1]}
      training: {steps: 2, tracks: 3, checkpoint-every: 1, maximum-tokens: 2, learning-rate: {peak: 0.5, warmup: 0}}
      evaluation: {every: 1, samples: 1, training-tracks: 2}

      """
    return try ExperimentFile(YAMLFile(text: text + more, path: "table.yaml").overridden(by: overrides), plugins: plugins)
  }

  private static let reinforcement = """
    rewards: [{reward: onset-error, scale: 10}, {reward: unreadable, weight: -1}]
    algorithm: {algorithm: grpo}
    """

  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  /// As `takt train` does.
  private func run(
    _ file: ExperimentFile, in folder: String, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) async throws -> StageLoop.Ending {
    let directory = RunDirectory(path: folder)
    let ending = try await ExperimentRun(file: file, directory: directory, shouldStop: shouldStop).run()
    if ending == .finished { try directory.completeSummary(plugins: file.plugins) }
    return ending
  }

  /// What two runs must have in common: bytes of files, and the log without times.
  private func left(_ folder: String) throws -> [String: [UInt8]] {
    let run = RunDirectory(path: folder)
    var left: [String: [UInt8]] = [:]
    for file in [run.policyStateFile, run.rolloutsFile, run.baselinesFile, run.evaluationFile, run.resolvedFile] {
      left[URL(fileURLWithPath: file).lastPathComponent] = try? LoadedTable.bytes(of: file)
    }
    left["checkpoint"] = try LoadedTable.bytes(of: "\(run.checkpointsFolder)/step-00000002.checkpoint")
    let events = try JSONLinesSink.events(path: run.logFile).map { event in
      "\(event.kind) \(event.step) \(event.text) "
        + event.scalars.filter { !$0.key.hasPrefix("time/") }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
          separator: " ")
    }
    left["log"] = Array(events.joined(separator: "\n").utf8)
    return left
  }

  @Test(arguments: ["stage: questions", reinforcement]) func aStageLeavesItsFilesAndGoesOnWithTheSameBytes(_ stage: String)
    async throws
  {
    try await withFolder { folder in
      let file = try Self.file(stage)
      #expect(try await run(file, in: "\(folder)/whole") == .finished)
      let whole = try left("\(folder)/whole")
      let isReinforced = file.reinforcement != nil
      #expect(whole["policy.bin"] != nil && whole["evaluation.jsonl"] != nil)
      #expect((whole["rollouts.bin"] != nil) == isReinforced && (whole["baselines.json"] != nil) == isReinforced)
      let answers = try EvaluationFile.read("\(folder)/whole/evaluation.jsonl")
      #expect(Set(answers.map(\.phase)) == [.start, .end] && Set(answers.map(\.decoding)) == [.greedy, .sampled])
      let page = try String(contentsOfFile: "\(folder)/whole/summary.html", encoding: .utf8)
      #expect(page.contains("table") && page.contains("<svg"))
      let metrics = try JSONLinesSink.events(path: "\(folder)/whole/log.jsonl").flatMap { $0.scalars.keys }
      #expect(Set(metrics).isSuperset(of: ["evaluation/tsg/hit@3s/greedy", "training/tsg/hit@3s/greedy"]))

      // Stopped before the second step, then gone on with.
      let steps = Counter()
      #expect(try await run(file, in: "\(folder)/broken", shouldStop: { steps.next() > 1 }) == .stopped(next: 1))
      #expect(try await run(file, in: "\(folder)/broken") == .finished)
      let broken = try left("\(folder)/broken")
      #expect(String(decoding: broken["log"] ?? [], as: UTF8.self) == String(decoding: whole["log"] ?? [], as: UTF8.self))
      #expect(Set(whole.keys).union(broken.keys).filter { broken[$0] != whole[$0] } == [])
    }
  }

  @Test func scoresThatAreLostAreMadeAgainFromWhatTheRunLeft() async throws {
    try await withFolder { folder in
      let file = try Self.file("stage: questions")
      #expect(try await run(file, in: folder) == .finished)
      let whole = try left(folder)
      try FileManager.default.removeItem(atPath: "\(folder)/checkpoints")
      try Data("{}\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/evaluation.jsonl"))
      #expect(try await run(file, in: folder) == .finished)
      #expect(try LoadedTable.bytes(of: "\(folder)/evaluation.jsonl") == whole["evaluation.jsonl"])
    }
  }

  @Test func aRunsPolicyIsEvaluatedFromItsFile() async throws {
    try await withFolder { folder in
      #expect(try await run(try Self.file("stage: questions"), in: folder) == .finished)
      let ended = try Self.file("stage: questions", overrides: ["start.policy=\(folder)/policy.bin"])
      let answers = try await HeldOutScores(file: ended, progress: .silent).answers()
      let scored = try EvaluationFile.read("\(folder)/evaluation.jsonl").filter { $0.phase == .end }
      #expect(answers == scored && !answers.isEmpty)
      let missing = try Self.file("stage: questions", overrides: ["start.policy=\(folder)/none/policy.bin"])
      #expect {
        try missing.checkStart()
      } throws: { "\($0)".contains("start.policy") && "\($0)".contains("what a finished run leaves in its folder") }
    }
  }

  @Test func curriculaAndDemonstrationsAreOpenToIt() async throws {
    try await withFolder { folder in
      let file = try Self.file(
        Self.reinforcement + "\ncurriculum: [rollout-spread]\n", overrides: ["training.demonstrations=1", "training.steps=1"])
      #expect(try await run(file, in: folder) == .finished)
    }
  }

  @Test func whatItCannotDoIsRefusedBeforeTheFirstStep() throws {
    func said(_ more: String, _ overrides: [String] = []) -> String {
      do {
        try Self.file(more, overrides: overrides).checkStart()
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(said(Self.reinforcement).isEmpty && said(Self.reinforcement, ["algorithm.algorithm=ppo"]).isEmpty)
    #expect(
      said("stage: captions").contains(
        "stage: is captions, which needs captions, and policy kind tabular has none: it can be trained in questions, reinforcement"
      ))
    #expect(said("stage: questions", ["policy.answers=false"]).contains("it can be trained in reinforcement"))
    #expect(
      said(Self.reinforcement, ["algorithm.kl.coefficient=0.1"]).contains(
        "algorithm: grpo needs a copy of the policy for reference, which policy kind tabular does not have"))
    let spans =
      "rewards: [{reward: onset-error, scale: 10, credit: span}, {reward: unreadable, weight: -1}]\nalgorithm: {algorithm: grpo}"
    #expect(said(spans).contains("which policy kind tabular does not have: set credit: completion"))
    #expect(
      said(Self.reinforcement, ["policy.width=64"]).contains(
        "policy.width: is an option of policy kind embedded, and this is policy kind tabular: leave it out"))
    #expect(
      said("stage: sleeping").contains("no stage is named 'sleeping'; known: encoder, captions, questions, reinforcement"))
    #expect(said("stage: questions", ["tracks.source=radio"]).contains("no track source is named 'radio'"))
  }

  @Test func aNameThatIsTakenIsRefused() {
    #expect {
      try Self.plugins.adding(policies: [TabularPolicyKind.self])
    } throws: { "\($0)".contains("two policies are named 'tabular'") }
  }
}

/// Counts calls.
private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1; return $0
    }
  }
}
