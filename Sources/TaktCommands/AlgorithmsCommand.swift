import ArgumentParser
import CommandTexts
import Experiments

struct AlgorithmsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "algorithms",
    abstract: "Every algorithm, all that is known of one, or the choices in which two toolkits differ.",
    discussion: """
      EXAMPLES
        takt algorithms
        takt algorithms ppo
        takt algorithms diff trl verl
        takt algorithms diff trl verl runs/demo --algorithm rloo
      """.manual,
    subcommands: [Show.self, Diff.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every algorithm, or the options of one.")
    @Argument(help: "An algorithm's name.")
    var name: String?
    @Flag(help: "A JSON list with the options of each.")
    var json = false

    func run() throws {
      let kind = try Catalogues().kind("algorithms")
      print(json ? try kind.json(name) : try kind.text(name), terminator: "")
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "The numerical choices in which the profiles of two toolkits differ, and for rollouts the numbers that come out.")
    @Argument(help: "A profile, such as trl.")
    var first: String
    @Argument(help: "Another profile, such as verl.")
    var second: String
    @Argument(help: "Rollouts to compare the numbers on: a rollouts.bin, or the folder of a run.")
    var rollouts: String?
    @Option(help: "The step of the rollouts; default the last.")
    var step: Int?
    @Option(help: "The algorithm that is computed under both profiles.")
    var algorithm = "grpo"

    @Flag(help: "The choices as a JSON list.")
    var json = false

    func validate() throws {
      if json, rollouts != nil { throw ValidationError("--json prints the choices alone: leave out the rollouts") }
    }

    func run() throws {
      let differences = try ProfileDifferences(first, second)
      print(
        json
          ? try differences.json(algorithm: algorithm)
          : try differences.text(rollouts: rollouts, step: step, algorithm: algorithm),
        terminator: "")
    }
  }
}
