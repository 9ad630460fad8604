import Experiments
import Foundation
import Options
import Testing

@testable import ExperimentFiles
@testable import ExperimentKinds
@testable import ExperimentPrograms
@testable import OptionFiles
@testable import RunFolders
@testable import Runs

/// Every option is read by those whose it is, and refused by the others with who has it.
struct StageOptionsTests {
  private static func file(_ stage: String, _ overrides: [String], external: Bool = false) throws -> ExperimentFile {
    let reinforcement =
      "rewards:\n  - {reward: onset-error}\n  - {reward: unreadable, weight: -1}\nalgorithm: {algorithm: grpo}\n"
    let start =
      external
      ? "policy: {kind: external, command: [python3, x.py]}"
      : "start: {encoder: e\(stage == "encoder" ? "" : ", policy: p")}"
    let text = "name: x\nstage: \(stage)\n\(start)\n" + (stage == "reinforcement" ? reinforcement : "")
    return try ExperimentFile(try YAMLFile(text: text, path: "x.yaml").overridden(by: overrides))
  }

  private static func complaint(_ stage: String, _ overrides: [String], external: Bool = false) -> String? {
    do {
      _ = try file(stage, overrides, external: external)
      return nil
    } catch {
      return "\(error)"
    }
  }

  static let stages = StageCatalog.builtIn.names

  /// Another value than the default of each, and the stages that take it.
  @Test(arguments: [
    ("training.steps=7", stages), ("training.tracks=5", stages), ("training.checkpoint-every=9", stages),
    ("evaluation.every=7", stages), ("training.completions=4", ["reinforcement"]),
    ("training.demonstrations=1", ["reinforcement"]), ("training.temperature=0.7", ["reinforcement"]),
    ("training.microbatch-groups=3", ["reinforcement"]), ("training.drift-tolerance=0.5", ["reinforcement"]),
    ("training.recompute-behavior=true", ["reinforcement"]),
    ("training.maximum-tokens=9", ["captions", "questions", "reinforcement"]),
    ("training.gradient-norm=0.5", ["captions", "questions"]),
    ("evaluation.samples=1", ["captions", "questions", "reinforcement"]),
    ("evaluation.top-p=0.9", ["captions", "questions", "reinforcement"]),
    ("evaluation.bootstrap=500", ["captions", "questions", "reinforcement"]),
    ("evaluation.training-tracks=3", ["encoder", "questions", "reinforcement"]),
    ("questions.per-track=[2, 1]", ["questions", "reinforcement"]),
    ("questions.balance=task", ["questions"]), ("questions.letter-weight=2", ["questions"]),
    ("questions.time-weight=2", ["questions"]), ("questions.shift-times=true", ["captions", "questions"]),
    ("questions.levels=heard", ["questions"]), ("questions.shortest-stretch=30", ["questions"]),
    ("tracks.kept=3", ["encoder"]), ("encoder.optimizer=muon", ["encoder"]),
    ("policy.tracks-per-shard=2", ["captions", "questions", "reinforcement"]),
  ]) func anOptionIsReadOrRefusedWithWhoseItIs(_ change: String, takers: [String]) {
    let key = String(change.prefix { $0 != "=" })
    for stage in Self.stages {
      let message = Self.complaint(stage, [change])
      if takers.contains(stage) {
        #expect(message == nil, "\(key) in \(stage)")
      } else {
        let said = message ?? ""
        #expect(said.contains("x.yaml has an issue") && said.contains("is an option of stage"), "\(key) in \(stage): \(said)")
        #expect(said.contains("and this is stage \(stage): leave it out"), "\(key) in \(stage): \(said)")
        #expect(takers.allSatisfy { said.contains($0) } || takers.count < 2, "\(key) in \(stage): \(said)")
      }
    }
  }

  @Test(arguments: stages) func aConstantRateHasNoFall(stage: String) {
    for (key, value) in [("hold", "5"), ("floor", "0.1")] {
      let change = "training.learning-rate.\(key)=\(value)"
      let message = Self.complaint(stage, [change, "training.learning-rate.shape=constant"])
      #expect(
        message?.contains("training.learning-rate.\(key): is an option of rates that fall") == true, "\(message ?? "")")
      #expect(Self.complaint(stage, [change, "training.learning-rate.shape=cosine"]) == nil)
    }
  }

  /// What nobody knows keeps the message that names what is known.
  @Test func anOptionOfNobodyIsAskedBack() {
    let message = Self.complaint("captions", ["training.stepps=3"])
    #expect(
      message?.contains("training.stepps: is not an option here; did you mean 'steps'? known: ") == true, "\(message ?? "")")
  }

  @Test func whatOlderRunsHoldIsNoIssue() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let resolved = try Self.file("reinforcement", []).resolved.yaml()
    let text = resolved.replacing("training:\n", with: "training:\n  gradient-norm: 0.5\n")
    #expect(text != resolved)
    let run = RunDirectory(path: folder.path)
    try Data(text.utf8).write(to: URL(fileURLWithPath: run.resolvedFile))
    #expect(throws: ExperimentError.self) { try ExperimentFile(path: run.resolvedFile) }
    #expect(try ExperimentFile(of: run).resolved.yaml() == resolved)
  }

  @Test func whatOnlyOneKindOfPolicyTakesIsRefusedByTheOther() {
    #expect(
      Self.complaint("reinforcement", ["policy.timeout=5"])?
        .contains("policy.timeout: is an option of policy kind external, and this is policy kind embedded") == true)
    #expect(Self.complaint("reinforcement", ["policy.timeout=5"], external: true) == nil)
    #expect(Self.complaint("reinforcement", ["questions.answers=worked"])?.contains("training.demonstrations is 0") == true)
    #expect(Self.complaint("questions", [], external: true) == nil)
    #expect(
      Self.complaint("questions", ["questions.levels=heard"], external: true)?
        .contains("questions.levels: is an option of policy kind embedded") == true)
  }

  @Test func numbersOfQuestionsAreWhole() {
    let message = Self.complaint("questions", ["questions.per-track=[1.5, 1]"])
    #expect(message?.contains("questions.per-track: holds 1.5; numbers of questions are whole") == true)
    #expect(
      Self.complaint("questions", ["questions.per-track=[1]"])?.contains("must hold one number for each of the 2 tasks, not 1")
        == true)
  }

  @Test func resamplesAreThoseOfTheRun() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = RunDirectory(path: folder.path)
    #expect(run.resamples == 2000)
    try Data(try Self.file("questions", ["evaluation.bootstrap=300"]).resolved.yaml().utf8).write(
      to: URL(fileURLWithPath: run.resolvedFile))
    #expect(run.resamples == 300)
  }
}
