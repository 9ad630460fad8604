import Experiments
import Foundation
import Options
import Testing
import Training

/// Plug-ins as a package outside the tree writes them.
///
/// This target sees public declarations alone, so it builds only while these suffice.
@Suite struct OutsidePluginTests {
  private let plugins = Result {
    try Plugins.builtIn.adding(
      rewards: [Spread.self, Grounding.self, Closeness.self], sinks: [LinesLog.self], curricula: [Narrowing.self],
      alarms: [LowReward.self], stages: [Halving.self, FirstQuestions.self], tracks: [Beeps.self])
  }

  @Test func plugInsAreKnownByTheirNames() throws {
    let plugins = try plugins.get()
    #expect(plugins.rewards.names.suffix(3) == ["spread", "grounding", "closeness"])
    #expect(plugins.stages.names.suffix(2) == ["halving", "first-questions"])
    #expect(plugins.tracks.names.last == "beeps")
  }

  @Test func anExperimentOfPlugInsRuns() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-outside-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = """
      name: outside
      stage: halving
      number: 8
      tracks: {source: beeps, count: 3}
      training: {steps: 3, checkpoint-every: 3}
      log: [jsonl, lines]
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/outside.yaml"))
    let file = try ExperimentFile(path: "\(folder)/outside.yaml", plugins: plugins.get())
    let ending = try await ExperimentRun(file: file, directory: RunDirectory(path: "\(folder)/run")).run()
    #expect(ending == .finished)
    let lines = try String(contentsOfFile: "\(folder)/run/events.txt", encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "outside" && lines.count >= 4)
  }
}
