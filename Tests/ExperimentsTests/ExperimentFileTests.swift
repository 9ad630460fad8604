import AudioLanguageModel
import Experiments
import Files
import Foundation
import Options
import RunLogs
import Tensors
import Testing

@testable import CommandTexts
@testable import EmbeddedPolicies
@testable import EncoderStages
@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import OptionFiles
@testable import RunFolders
@testable import Runs

struct ExperimentFileTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every experiment that the project ships.
  static let shipped: [String] = {
    let folder = root.appendingPathComponent("experiments").path
    let files = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return files.filter { file in file.hasSuffix(".yaml") && !["rewards/", "ablations/"].contains { file.hasPrefix($0) } }
      .sorted().map { "\(folder)/\($0)" }
  }()

  @Test func experimentsAreShipped() {
    #expect(Self.shipped.count >= 6)
  }

  @Test(arguments: shipped) func shippedExperimentsResolveAndResolveAgain(_ path: String) throws {
    let experiment = try ExperimentFile(path: path)
    #expect(!experiment.summary.isEmpty)
    let resolved = experiment.resolved.yaml()
    let again = try ExperimentFile(YAMLFile(text: resolved, path: "resolved.yaml"))
    #expect(again.resolved.yaml() == resolved)
  }

  @Test func allIssuesOfAFileComeTogether() throws {
    let text = """
      name: bad
      start: {encoder: e.safetensors, policy: p.safetensors}
      training: {steps: 0, stepps: 3}
      rewards:
        - {reward: onset-eror}
      algorithm: {algorithm: grpo}
      """
    #expect {
      try ExperimentFile(YAMLFile(text: text, path: "bad.yaml"))
    } throws: { error in
      let message = "\(error)"
      return [
        "bad.yaml has", "line 3: training.steps", "training.stepps", "rewards[0].reward: no reward is named 'onset-eror'",
      ]
      .allSatisfy(message.contains)
    }
  }

  @Test func anEncoderThatIsGoneOnWithKeepsItsShape() throws {
    func file(_ encoder: String) throws -> EncoderStageKind {
      let file = try ExperimentFile(
        YAMLFile(text: "name: e\nstage: encoder\nstart: {encoder: e.safetensors}\nencoder: \(encoder)", path: "e.yaml"))
      return try #require(file.stage as? EncoderStageKind)
    }
    #expect(try file("{optimizer: muon}").encoder.instruments == [])
    #expect(try file("{instruments: [harp, piano], optimizer: muon}").encoder.instruments == ["harp", "piano"])
    #expect(try file("{instruments: [harp]}").encoder.optimizer == .adamw)
    #expect(try file("{instruments: [harp]}").encoder.intensity == nil)
    #expect(try file("{intensity: notes}").encoder.intensity == .notes)
    for (encoder, word) in [
      ("{width: 64}", "encoder.width: is not an option here"), ("{instruments: [harp, harp]}", "twice"),
      ("{optimizer: sgd}", "muon"),
      ("{intensity: loudness}", "sections, notes"),
    ] {
      let error = #expect(throws: ExperimentError.self) { try file(encoder) }
      #expect(error.map { "\($0)".contains(word) } == true)
    }
    let listing = try Catalogues().options()
    for key in ["optimizer", "instruments", "dilations", "audio-tokens", "kept | sections | notes"] {
      #expect(listing.contains(key))
    }
  }

  @Test func aCorpusRefusesTheSharesThatItCannotGive() {
    func file(_ tracks: String) throws -> ExperimentFile {
      try ExperimentFile(YAMLFile(text: "name: e\nstage: encoder\ntracks: {source: corpus, \(tracks)}", path: "e.yaml"))
    }
    #expect(throws: Never.self) { try file("sound-font-share: 0.9") }
    for (tracks, word) in [
      ("sound-font-share: 0.95", "0.95"),
      ("long-share: 0.1", "tracks.long-share: is an option of track source composed, and this is track source corpus"),
      ("test-corpus: pieces", "tracks.test-corpus: is an option of track source composed"),
      ("test-sound: {rooms: 1}", "tracks.test-sound: is an option of track source composed"),
    ] {
      let error = #expect(throws: ExperimentError.self) { try file(tracks) }
      #expect(error.map { "\($0)".contains(word) } == true)
    }
  }

  @Test func onlyExamplesTakeHeardLevelsAndStretches() throws {
    func file(_ stage: String) throws -> ExperimentFile {
      let start = stage == "encoder" ? "{encoder: e}" : "{encoder: e, policy: p}"
      let text = "name: x\nstage: \(stage)\nstart: \(start)\nquestions: {levels: heard, shortest-stretch: 30}\n"
      return try ExperimentFile(YAMLFile(text: text, path: "x.yaml"))
    }
    let examples = try #require(try file("questions").stage.policy as? EmbeddedPolicyKind).examples
    #expect(examples.levels == .heard && examples.shortestStretch == 30)
    for (stage, keys) in [("captions", ["questions.levels", "questions.shortest-stretch"]), ("encoder", ["questions"])] {
      let error = #expect(throws: ExperimentError.self) { try file(stage) }
      #expect(error?.issues.count == keys.count)
      for key in keys {
        let said = error?.description ?? ""
        #expect(
          said.contains("\(key): is an option of stage") && said.contains("questions")
            && said.contains("this is stage \(stage)"))
      }
    }
  }

  @Test(arguments: ["[1, 2.5]", "[]"]) func dilationsThatNoEncoderHasAreAnIssue(_ dilations: String) {
    let text = "name: x\nstage: encoder\nencoder: {dilations: \(dilations)}\n"
    #expect {
      try ExperimentFile(YAMLFile(text: text, path: "x.yaml"))
    } throws: { "\($0)".contains("encoder.dilations: must be one whole number or more") }
  }

  @Test func alarmsAreReadAndTheirDriftFollowsTheTolerance() throws {
    let text = """
      name: x
      start: {encoder: e.safetensors, policy: p.safetensors}
      training: {drift-tolerance: 0.02}
      alarms: {stop: true, off: [tied-groups], entropy-collapse: {share: 0.3}}
      rewards: [{reward: onset-error}, {reward: unreadable, weight: -1}]
      algorithm: {algorithm: grpo}
      """
    let experiment = try ExperimentFile(YAMLFile(text: text, path: "x.yaml"))
    #expect(experiment.alarms.stopsRun)
    #expect(experiment.resolved.yaml().contains("tolerance: 0.02"))
    #expect {
      try ExperimentFile(
        YAMLFile(
          text: text.replacing("share: 0.3", with: "share: 3, shares: 1").replacing("[tied", with: "[untied"), path: "x.yaml"))
    } throws: { error in
      ["line 4: alarms.entropy-collapse.share", "alarms.entropy-collapse.shares", "alarms.off"].allSatisfy("\(error)".contains)
    }
  }

  @Test func logsAndAlarmsNameWhatARunLogsAndNoFileOfTheRun() throws {
    let text = """
      name: x
      stage: questions
      start: {encoder: e.safetensors}
      alarms: {reward-without-gain: {metric: evaluation/tsg/hti@3s/greedy}}
      log: [csv, {sink: jsonl, file: rollouts.bin}, {sink: mlflow, include: [evaluation/tgs/*]}]
      """
    #expect {
      try ExperimentFile(YAMLFile(text: text, path: "x.yaml"))
    } throws: { error in
      [
        "x.yaml has 3 issues",
        "alarms.reward-without-gain.metric: is no name that a run logs: 'evaluation/tsg/hti@3s/greedy'; "
          + "closest: 'evaluation/tsg/hit@3s/greedy'", "log[1].file: must be a file of its own, not 'rollouts.bin'",
        "log[2].include: is no name that a run logs: 'evaluation/tgs/*'",
      ].allSatisfy("\(error)".contains)
    }
    for name in [
      "resolved.yaml", "manifest.json", ".lock", "evaluation.jsonl", "policy.safetensors", "policy.bin", "summary.html",
      "checkpoints", "log.jsonl",
    ] {
      let text = "name: x\nstage: encoder\nlog: [{sink: csv, file: \(name)}]\n"
      #expect { try ExperimentFile(YAMLFile(text: text, path: "x.yaml")) } throws: {
        "\($0)".contains("not '\(name)', which the run")
      }
    }
  }

  @Test func reinforcementNeedsAStartAndSaysSo() {
    let text = "name: x\nrewards: [{reward: onset-error}]\nalgorithm: {algorithm: grpo}\n"
    #expect {
      try ExperimentFile(YAMLFile(text: text, path: "x.yaml"))
    } throws: { "\($0)".contains("start.policy") && "\($0)".contains("start.encoder") }
  }

  @Test func aRunOfAnOlderVersionGoesOn() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try ExperimentFile(path: Self.root.appendingPathComponent("experiments/demo.yaml").path)
    let directory = RunDirectory(path: folder.path)
    try directory.open(resolved: file.resolved, plugins: .builtIn)
    let text = try String(contentsOfFile: directory.resolvedFile, encoding: .utf8)
    let older = text.split(separator: "\n").filter { !$0.contains("long-share") }.joined(separator: "\n") + "\n"
    #expect(older != text)
    try Data(older.utf8).write(to: URL(fileURLWithPath: directory.resolvedFile))
    try directory.open(resolved: file.resolved, plugins: .builtIn)
    #expect(try String(contentsOfFile: directory.resolvedFile, encoding: .utf8) == text)
    let other = older.replacingOccurrences(of: "completions: 8", with: "completions: 4")
    #expect(other != older)
    try Data(other.utf8).write(to: URL(fileURLWithPath: directory.resolvedFile))
    #expect(throws: FileError.self) { try directory.open(resolved: file.resolved, plugins: .builtIn) }
  }
}
