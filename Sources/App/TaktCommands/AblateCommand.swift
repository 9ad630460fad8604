import Ablations
import ArgumentParser
import Experiments
import Foundation

struct AblateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablate",
    abstract: "A grid of experiments: takt ablate FILE.yaml --dry-run",
    usage: "takt ablate <file> [<options>]",
    discussion: """
      The grid is rewards × algorithms × any option × seeds.
      FILE names an experiment, lists of what to change in it, and the seeds that all arms share.
      Runs are processes of their own; the
      grid goes on after Ctrl-C or a kill without redoing what is finished. runs/NAME gets grid.json, a folder for each arm with its
      experiment.yaml and a run for each seed, and at the end arms.csv, runs.csv and ablation.json. `takt list options` names what
      may be changed. Ends with exit code 4 where some run failed; the others are made all the same.

      EXAMPLES
        takt ablate experiments/ablations/rewards.yaml --dry-run      the arms and what differs in them
        takt ablate experiments/ablations/rewards.yaml --workers 2
      """.manual)

  @Argument(help: "The ablation's YAML file.")
  var file: String

  @Option(help: "The grid's folder; default runs/NAME.")
  var output: String?

  @Option(help: "Runs at one time; default one a core. Each gets an equal share of the cores.")
  var workers: Int?

  @Option(name: .customLong("set"), help: "Another value in the ablation file, as key.path=value; may be given several times.")
  var overrides: [String] = []

  @Flag(help: "Check everything, list the arms with what differs from the baseline, and stop.")
  var dryRun = false

  @Flag(help: "Print the arms (--dry-run) or the results as one JSON object.")
  var json = false

  @Flag(help: "Print no progress.")
  var quiet = false

  func validate() throws {
    if let workers, !(1...256).contains(workers) { throw ValidationError("--workers is \(workers); give 1…256") }
  }

  func run() async throws {
    let ablation = try AblationFile(path: file, overrides: overrides)
    if !dryRun { try ablation.checkStart() }
    if dryRun {
      print(try plan(ablation), terminator: "")
      try ablation.checkStart()
      return
    }
    let folder = output ?? "runs/\(ablation.name)"
    let display = AblationDisplay(isQuiet: quiet)
    let interruption = Interruption {
      StandardStreams.say("\nstopping after the steps that are running; once more ends at once\n")
    }
    let grid = AblationRun(
      file: ablation, folder: folder, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount,
      shouldStop: { interruption.isRequested }, report: { display.show($0) })
    let ending = try await grid.run()
    display.finish()
    if case .stopped(let left) = ending {
      StandardStreams.say("\(left) runs left; run the same command to go on: \(folder)\n")
      throw ExitCode(3)
    }
    let tables = try AblationTables(grid: grid.grid, folder: folder)
    print(json ? try tables.json : tables.text, terminator: "")
    if case .failed(let runs) = ending {
      StandardStreams.say(
        "\(runs.count) runs failed:\n\(runs.map { "  \($0)\n" }.joined())run the same command to try them again\n")
      throw ExitCode(4)
    }
  }

  private func plan(_ ablation: AblationFile) throws -> String {
    let grid = AblationGrid(ablation)
    if json { return try grid.json }
    let runs = grid.arms.count * grid.seeds.count
    let head = """
      \(grid.name): \(grid.arms.count) arms × \(grid.seeds.count) seeds = \(runs) runs
      seeds \(grid.seeds.map { "\($0)" }.joined(separator: ", ")); compared by \(grid.metrics.joined(separator: ", "))

      """
    return head
      + grid.arms.map { arm in
        "\n\(arm.name)\(arm.name == grid.baseline ? " (baseline)" : "")\n" + arm.differences.map { "  \($0)\n" }.joined()
      }.joined()
  }
}
