import ArgumentParser
import CommandTexts
import Experiments

struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles",
    abstract: "The numerical choices in which two toolkits differ.",
    usage: "takt list profiles <first> <second> [<rollouts>] [<options>]",
    discussion: """
      For rollouts also the numbers that come out under either.

      EXAMPLES
        takt list profiles trl verl
        takt list profiles trl verl runs/demo --algorithm rloo
      """.manual)

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
