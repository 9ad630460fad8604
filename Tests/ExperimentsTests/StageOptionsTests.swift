import Foundation
import Options
import Testing

@testable import Experiments

/// Every option of a stage is read by some stage, and refused by the others.
struct StageOptionsTests {
  /// Another value than the default of each.
  private static let values = [
    "training.steps": "7", "training.tracks": "5", "training.checkpoint-every": "9", "training.completions": "4",
    "training.demonstrations": "1", "training.temperature": "0.7", "training.microbatch-groups": "3",
    "training.drift-tolerance": "0.5",
    "training.recompute-behavior": "true", "training.maximum-tokens": "9", "training.gradient-norm": "0.5",
    "evaluation.every": "7",
    "evaluation.samples": "1", "evaluation.top-p": "0.9", "evaluation.bootstrap": "500", "evaluation.training-tracks": "3",
    "questions.tasks": "[tsg]", "questions.per-track": "[2, 1]", "questions.answers": "worked", "questions.balance": "task",
    "questions.letter-weight": "2", "questions.time-weight": "2", "questions.shift-times": "true", "questions.levels": "heard",
    "questions.shortest-stretch": "30",
  ]

  private static func file(_ stage: ExperimentFile.Stage, _ overrides: [String], external: Bool = false) throws
    -> ExperimentFile
  {
    let reinforcement =
      "rewards:\n  - {reward: onset-error}\n  - {reward: unreadable, weight: -1}\nalgorithm: {algorithm: grpo}\n"
    let start = external ? "policy: {external: [python3, x.py]}" : "start: {encoder: e, policy: p}"
    let text = "name: x\nstage: \(stage.rawValue)\n\(start)\n" + (stage == .reinforcement ? reinforcement : "")
    return try ExperimentFile(try YAMLFile(text: text, path: "x.yaml").overridden(by: overrides))
  }

  @Test(arguments: ExperimentFile.Stage.allCases) func anOptionChangesSomethingOrIsRefused(stage: ExperimentFile.Stage) throws {
    for rule in StageOptions.rules where rule.path != "training.learning-rate" {
      let value = try #require(Self.values[rule.path], "\(rule.path) has a value here")
      var overrides = ["\(rule.path)=\(value)"]
      if rule.path == "questions.tasks" { overrides.append("questions.per-track=[1]") }
      if rule.path == "questions.answers", stage == .reinforcement { overrides.append("training.demonstrations=1") }
      let message = Self.complaint(stage, overrides)
      if rule.readers.contains(stage) {
        #expect(message == nil, "\(rule.path) in \(stage)")
      } else {
        #expect(
          message?.contains("\(rule.path): has no effect in stage \(stage.rawValue)") == true,
          "\(rule.path) in \(stage): \(message ?? "")")
      }
    }
  }

  private static func complaint(_ stage: ExperimentFile.Stage, _ overrides: [String], external: Bool = false) -> String? {
    do {
      _ = try file(stage, overrides, external: external)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func thePolicysOptionsAreRefusedWhereNoPolicyIsTrained() {
    for (key, value) in [("width", "64"), ("times", "clock"), ("optimizer", "muon"), ("weight-decay", "0.5")] {
      let message = Self.complaint(.encoder, ["policy.\(key)=\(value)"])
      #expect(message?.contains("policy.\(key): has no effect in stage encoder") == true, "\(key): \(message ?? "")")
    }
  }

  @Test(arguments: ExperimentFile.Stage.allCases) func aConstantRateHasNoFall(stage: ExperimentFile.Stage) {
    for (key, value) in [("hold", "5"), ("floor", "0.1")] {
      let change = "training.learning-rate.\(key)=\(value)"
      let message = Self.complaint(stage, [change, "training.learning-rate.shape=constant"])
      #expect(message?.contains("training.learning-rate.\(key): has no effect in stage") == true, "\(message ?? "")")
      #expect(Self.complaint(stage, [change, "training.learning-rate.shape=cosine"]) == nil)
    }
  }

  /// A new option has to say which stages take it.
  @Test func everyOptionOfAStageIsListed() {
    var options = OptionReader()
    _ = options.section("training") { TrainingOptions(options: &$0) }
    _ = options.section("evaluation") { EvaluationOptions(options: &$0) }
    _ = options.section("questions") { QuestionOptions(options: &$0) }
    let keys = Set(
      options.descriptions.map(\.key).map { $0.hasPrefix("training.learning-rate") ? "training.learning-rate" : $0 })
    #expect(keys == Set(StageOptions.rules.map(\.path)))
  }

  @Test func defaultsAreNoIssueAndNeitherIsWhatOlderRunsHold() throws {
    for stage in ExperimentFile.Stage.allCases {
      #expect(Self.complaint(stage, ["training.gradient-norm=1", "questions.levels=annotated"]) == nil)
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = try Self.file(.reinforcement, []).resolved.yaml().replacing("gradient-norm: 1\n", with: "gradient-norm: 0.5\n")
    #expect(text.contains("gradient-norm: 0.5"))
    let run = RunDirectory(path: folder.path)
    try Data(text.utf8).write(to: URL(fileURLWithPath: run.resolvedFile))
    #expect(throws: ExperimentError.self) { try ExperimentFile(path: run.resolvedFile) }
    #expect(try ExperimentFile(of: run).training.maximumGradientNorm == 0.5)
  }

  @Test func whatOnlyOneKindOfPolicyTakesIsRefusedByTheOther() {
    #expect(Self.complaint(.reinforcement, ["policy.timeout=5"])?.contains("policy.timeout: has no effect") == true)
    #expect(Self.complaint(.reinforcement, ["policy.timeout=5"], external: true) == nil)
    #expect(Self.complaint(.reinforcement, ["evaluation.training-tracks=5"], external: true)?.contains("has no effect") == true)
    #expect(Self.complaint(.reinforcement, ["questions.answers=worked"])?.contains("training.demonstrations is 0") == true)
  }

  @Test func numbersOfQuestionsAreWhole() {
    let message = Self.complaint(.questions, ["questions.per-track=[1.5, 1]"])
    #expect(message?.contains("questions.per-track: holds 1.5; numbers of questions are whole") == true)
    #expect(
      Self.complaint(.questions, ["questions.per-track=[1]"])?.contains("must hold one number for each of the 2 tasks, not 1")
        == true)
  }

  @Test func resamplesAreThoseOfTheRun() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = RunDirectory(path: folder.path)
    #expect(run.resamples == 2000)
    try Data(try Self.file(.questions, ["evaluation.bootstrap=300"]).resolved.yaml().utf8).write(
      to: URL(fileURLWithPath: run.resolvedFile))
    #expect(run.resamples == 300)
  }
}
