import ArgumentParser
import CommandTexts
import Experiments
import Foundation

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Find, compare and read runs: takt runs list",
    discussion: """
      Every run is in runs/index.sqlite with its options, the last value of each metric and its held-out scores. A condition
      compares names with values by = != < <= > >= and joins comparisons by and, or, not and parentheses. Names are options by their
      key path, metrics, start/… and end/… held-out scores, and name, stage, algorithm, status, seed, steps, commit, host, folder.

      EXAMPLES
        takt runs list --where 'algorithm = grpo and reward/mean > 0.5'
        takt runs list --where 'status = interrupted or not training.steps >= 600' --show end/tsg/hit@3s/sampled
        takt runs compare demo demo-control
        takt runs scores runs/demo --control runs/demo-control --blind
        takt runs rollouts runs/demo --step 100 --count 3
        takt runs rebuild
      """.manual,
    subcommands: [List.self, Compare.self, ScoresCommand.self, RolloutsCommand.self, Rebuild.self], defaultSubcommand: List.self
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All runs, or those for which a condition holds.")
    @Option(name: .customLong("where"), help: "Such as 'algorithm = ppo and seed <= 3'.")
    var condition: String?
    @Option(help: "A further column; may be given several times.")
    var show: [String] = []
    @Flag(help: "A JSON list with everything that is known of each run.")
    var json = false

    func run() throws {
      let listing = try RunListing(condition: condition)
      print(json ? try listing.json() : listing.text(metrics: show), terminator: "")
    }
  }

  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Results and options in which runs differ, a column a run.")
    @Argument(help: "Folders of two or more runs, or their names below runs/.")
    var runs: [String]
    @Flag(help: "Also what they have in common.")
    var all = false
    @Flag(help: "A JSON list with everything that is known of each run.")
    var json = false

    func validate() throws {
      guard runs.count >= 2 else { throw ValidationError("give the folders of two or more runs") }
    }

    func run() throws {
      print(try RunListing.comparison(of: runs, json: json, all: all), terminator: "")
    }
  }

  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make the index again from the runs' folders.")
    @Argument(help: "Folders below which runs are sought.")
    var roots: [String] = ["runs"]

    func run() throws {
      let (count, warnings) = try RunRegistration().rebuild(from: roots)
      for warning in warnings { StandardStreams.say("left out: \(warning)\n") }
      print("\(count) runs are in the index")
    }
  }
}
