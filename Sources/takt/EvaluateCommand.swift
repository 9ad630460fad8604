import ArgumentParser
import Experiments

struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score a policy's checkpoint on the held-out tracks of an experiment.",
    discussion: """
      EXAMPLE
        takt evaluate experiments/demo.yaml --policy runs/demo/policy.safetensors
      """)

  @Argument(help: "The experiment whose held-out tracks and questions are used.")
  var file: String

  @Option(help: "The policy's safetensors file; default the experiment's start.")
  var policy: String?

  @Option(name: .customLong("set"), help: "Another value for an option, as key.path=value; may be given several times.")
  var overrides: [String] = []

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func run() async throws {
    var overrides = overrides
    if let policy { overrides.append("start.policy=\(policy)") }
    let experiment = try ExperimentFile(path: file, overrides: overrides)
    let terminal = TerminalRun(quiet: json)
    let scores = try await HeldOutScores(file: experiment, progress: terminal.progress).table()
    print(json ? scores.json : scores.text)
  }
}
