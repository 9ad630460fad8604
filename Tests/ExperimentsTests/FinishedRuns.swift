import AudioLanguageModel
import Experiments
import Foundation
import Tensors
import Testing
import Training

@testable import Comparisons
@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import RunFolders
@testable import Runs

/// Folders of finished runs of the demo without training: known scores of ten questions.
struct FinishedRuns {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A run whose sampled answers hit `hits` of ten questions after training and three before.
  ///
  /// With `isSupervised` it is a control's, of the demo's own file. With `tasks: 2` the same answers count for a second task.
  func run(
    _ arm: String, seed: Int, steps: Int, hits: Int, isFinished: Bool = true, isCut: Bool = false, isSupervised: Bool = false,
    tasks: Int = 1, warning: String = "", testTracks: Int = 3
  ) throws -> String {
    let path = folder.appendingPathComponent("\(arm)-seed-\(seed)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let demo = try Self.demo(
      ["seed=\(seed)", "training.steps=\(steps)", "tracks.test=\(testTracks)"], arm: isSupervised ? "control" : nil)
    try write(demo.resolved.yaml(), to: path + "/resolved.yaml")
    var log = #"{"kind":"started","step":0,"total_steps":2,"text":"demo"}"# + "\n"
    for step in 0..<2 {
      log +=
        #"{"kind":"step","reward/mean":\#(0.1 * Double(step + seed)),"reward/fit/variance_share":0.75,"step":\#(step),"#
        + #""total_steps":2}"# + "\n"
    }
    if isFinished && !isCut { log += #"{"kind":"finished","step":2,"total_steps":2}"# + "\n" }
    if !warning.isEmpty { log += #"{"kind":"warning","step":2,"text":"\#(warning)","total_steps":2}"# + "\n" }
    try write(log, to: path + "/log.jsonl")
    guard isFinished else { return path }
    var lines = ""
    for (phase, count) in [("start", 3), ("end", hits)] {
      for decoding in ["greedy", "sampled"] {
        for index in 0..<10 {
          let isHit = index < count
          lines +=
            #"{"decoding":"\#(decoding)","phase":"\#(phase)","question":{"answers":["0:30"],"category":"onset","duration":60,"#
            + #""id":"t\#(index)/tsg/onset/piano","kind":"instant","question":"When?","task":"tsg","track_id":"t\#(index)"},"#
            + #""scores":{"hit@1s":\#(isHit ? 1 : 0),"hit@3s":\#(isHit ? 1 : 0)},"text":"\#(isHit ? "0:30" : "0:50")"}"# + "\n"
          guard tasks > 1 else { continue }
          lines +=
            #"{"decoding":"\#(decoding)","phase":"\#(phase)","question":{"answers":["0:30-0:40"],"category":"highest","duration":60,"#
            + #""id":"t\#(index)/mtr","kind":"intervals","question":"When?","task":"mtr","track_id":"t\#(index)"},"#
            + #""scores":{"iou":\#(isHit ? 1 : 0),"f1":\#(isHit ? 1 : 0)},"text":"0:30-0:40"}"# + "\n"
        }
      }
    }
    try write(lines, to: path + "/evaluation.jsonl")
    return path
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Takes the answers about some tracks out of a run's held-out ones.
  func leaveOut(_ tracks: Set<String>, of path: String) throws {
    let file = path + "/evaluation.jsonl"
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let kept = lines.filter { line in !tracks.contains { line.contains("\"track_id\":\"\($0)\"") } }
    try write(kept.joined(separator: "\n") + "\n", to: file)
  }

  /// Gives a run other greedy answers: pieces of 40, 42, …, 118 s; those shorter than 80 s are hit, of the others every second one.
  func answerPiecesOfManyLengths(_ path: String) throws {
    var lines = ""
    for index in 0..<40 {
      let isHit = index < 20 || index % 2 == 0
      lines +=
        #"{"decoding":"greedy","phase":"end","question":{"answers":["0:30"],"category":"onset","duration":\#(40 + 2 * index),"#
        + #""id":"t\#(index)/tsg","kind":"instant","question":"When?","task":"tsg","track_id":"t\#(index)"},"#
        + #""scores":{"hit@3s":\#(isHit ? 1 : 0)},"text":"0:30"}"# + "\n"
    }
    try write(lines, to: path + "/evaluation.jsonl")
  }

  /// Goes on with a run that has its scores, as `takt train` does.
  func goOn(_ path: String, steps: Int) async throws {
    let inputs = ["encoder", "policy"].map { "\(path)/\($0).in" }
    try write("", to: inputs[0])
    try Data(await EmbeddedPolicy(StartedPolicyTests.tiny(), seed: 1).export()).write(to: URL(fileURLWithPath: inputs[1]))
    try Data(Safetensors([]).encoded()).write(to: URL(fileURLWithPath: "\(path)/policy.safetensors"))
    let demo = try Self.demo([
      "seed=1", "training.steps=\(steps)", "tracks.test=3", "start.encoder=\(inputs[0])", "start.policy=\(inputs[1])",
    ])
    try write(demo.resolved.yaml(), to: path + "/resolved.yaml")
    let directory = RunDirectory(path: path)
    #expect(try await ExperimentRun(file: demo, directory: directory).run() == .finished)
    try directory.completeSummary(plugins: demo.plugins)
  }

  static func demo(_ overrides: [String], arm: String? = nil) throws -> ExperimentFile {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try ExperimentFile(path: root.appendingPathComponent("experiments/demo.yaml").path, overrides: overrides, arm: arm)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
