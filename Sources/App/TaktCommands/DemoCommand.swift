import ArgumentParser
import Comparisons
import Experiments
import Training

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "It beside its control: takt demo experiments/demo.yaml",
    usage: "takt demo <file> [<options>]",
    discussion: """
      Runs an experiment and its control, and shows what reinforcement learning changed.
      The control is an arm of the file (`arms:`), such as as many further supervised steps from the same start. Both are
      scored on tracks that neither has heard. Ends with exit code 1 where the gain over the start is not above 0.

      EXAMPLE
        takt demo experiments/demo.yaml
      """.manual)

  @Argument(help: "The experiment's YAML file.")
  var file: String

  @Option(help: "The arm that the experiment is compared with.")
  var arm = ExperimentFile.controlArm

  @Option(help: "Folder of the runs.")
  var output = "runs"

  @Option(help: "Instead of the files' seed.")
  var seed: Int?

  @Flag(help: "The table as JSON, without progress.")
  var json = false

  func run() async throws {
    let overrides = seed.map { ["seed=\($0)"] } ?? []
    let terminal = TerminalRun(quiet: json)
    var folders: [String] = []
    for arm in [nil, arm] {
      let experiment = try ExperimentFile(path: file, overrides: overrides, arm: arm)
      let folder = "\(output)/\(experiment.name)" + (seed.map { "-seed-\($0)" } ?? "")
      guard try await terminal.train(experiment, folder: folder) == .finished else { throw ExitCode(3) }
      folders.append(folder)
    }
    let comparison = try Comparison(runs: [folders[0]], control: [folders[1]])
    try comparison.writeSummary()
    print(json ? try comparison.json : try comparison.terminalText(), terminator: json ? "" : "\n")
    guard comparison.hasImproved else {
      if !json { print("The sampled scores did not rise above the start on this seed: see \(comparison.summaryFile).") }
      throw ExitCode(1)
    }
    if !json { print("Open \(comparison.summaryFile) in a browser for the learning curve and the answers on their timelines.") }
  }
}
