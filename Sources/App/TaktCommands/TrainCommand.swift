import ArgumentParser
import Experiments
import Training

struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Run one experiment: takt train experiments/demo.yaml",
    usage: "takt train <file> [<options>]",
    discussion: """
      The file names any stage (docs/ARCHITECTURE.md); `takt list options` has every option.
      The run's folder gets resolved.yaml, manifest.json, log.jsonl, metrics.csv, rollouts.bin, checkpoints/, evaluation.jsonl
      and summary.html. Ctrl-C stops after the step that is running; the same command goes on from there, also after a kill.

      EXAMPLE
        takt train experiments/must/4-grpo.yaml --seed 3 --set training.steps=120 --output runs/try
        takt train experiments/demo.yaml --arm control     one of the arms that the file holds, in runs/demo-control
      """.manual)

  @Argument(help: "The experiment's YAML file.")
  var file: String

  @Option(help: "One of the arms under the file's `arms:` instead of the experiment itself.")
  var arm: String?

  @Option(help: "The run's folder; default runs/NAME or runs/NAME-seed-N.")
  var output: String?

  @Option(help: "Instead of the file's seed.")
  var seed: Int?

  @Option(name: .customLong("set"), help: "Another value for an option, as key.path=value; may be given several times.")
  var overrides: [String] = []

  @Flag(help: "Check the file and what it names, print every option with its value, and stop.")
  var dryRun = false

  @Flag(help: "Print no progress.")
  var quiet = false

  @Flag(help: "Go on with a run that another build of Takt, or other BLAS kernels, began; its log will say so.")
  var anotherBuild = false

  @Flag(help: .hidden)
  var leashed = false

  func run() async throws {
    if leashed { Leash.endWithStandardInput() }
    var overrides = overrides
    if let seed { overrides.append("seed=\(seed)") }
    let experiment = try ExperimentFile(path: file, overrides: overrides, arm: arm)
    if dryRun {
      print(experiment.resolved.yaml(), terminator: "")
      try experiment.checkStart()
      return
    }
    let folder = output ?? defaultFolder(experiment)
    let ending = try await TerminalRun(quiet: quiet).train(experiment, folder: folder, allowsAnotherBuild: anotherBuild)
    guard ending == .finished else { throw ExitCode(3) }
  }

  private func defaultFolder(_ experiment: ExperimentFile) -> String {
    seed.map { "runs/\(experiment.name)-seed-\($0)" } ?? "runs/\(experiment.name)"
  }
}
