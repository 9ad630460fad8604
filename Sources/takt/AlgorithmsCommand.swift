import ArgumentParser
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
      """,
    subcommands: [Show.self, Diff.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every algorithm, or the options of one.")
    @Argument(help: "An algorithm's name.")
    var name: String?
    @Flag(help: "A JSON list with the options of each.")
    var json = false

    func run() throws {
      print(json ? try Catalogues().algorithmsJSON(name) : try Catalogues().algorithms(name), terminator: "")
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The numerical choices in which the profiles of two toolkits differ, and for a run the numbers that come out.")
    @Argument(help: "A profile, such as trl.")
    var first: String
    @Argument(help: "Another profile, such as verl.")
    var second: String
    @Option(name: .customLong("run"), help: "A run's folder: compare the numbers on the rollouts of one of its steps.")
    var folder: String?
    @Option(help: "The step; default the last.")
    var step: Int?

    @Flag(help: "The choices as a JSON list.")
    var json = false

    func validate() throws {
      if json, folder != nil { throw ValidationError("--json prints the choices alone: leave out --run") }
    }

    func run() throws {
      let differences = try ProfileDifferences(first, second)
      print(json ? try differences.json() : try differences.text(run: folder, step: step), terminator: "")
    }
  }
}
