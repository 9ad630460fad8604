import ArgumentParser
import CommandTexts
import Experiments
import Foundation

struct RolloutsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollouts",
    abstract: "Best, worst and typical completions of a step, with the reward of each component.",
    usage: "takt runs rollouts <folder> [<options>]",
    discussion: """
      Equal completions of a question stand once, with their number.

      EXAMPLE
        takt runs rollouts runs/demo --step 100 --count 3
      """.manual)

  @Argument(help: "A run's folder.")
  var folder: String

  @Option(help: "The step; default the last one that the run kept.")
  var step: Int?

  @Option(help: "Completions of each kind.")
  var count = 3

  @Option(help: "Only questions of this task, such as tsg.")
  var task: String?

  @Flag(help: "One JSON object a line instead of text.")
  var json = false

  func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("--count must be 1…1000, not \(count)") }
  }

  func run() throws {
    let listing = try RolloutListing(run: folder, step: step, count: count, task: task)
    if let warning = listing.warning { StandardStreams.say("warning: \(warning)\n") }
    print(try listing.text(json: json), terminator: "")
  }
}
