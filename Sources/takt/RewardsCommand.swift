import ArgumentParser
import Experiments

struct RewardsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rewards",
    abstract: "Every reward, or all that is known of one.",
    discussion: """
      EXAMPLES
        takt rewards
        takt rewards soft-f1
      """.manual)

  @Argument(help: "A reward's name.")
  var name: String?

  @Flag(help: "A JSON list with formulas and options.")
  var json = false

  func run() throws {
    print(json ? try Catalogues().rewardsJSON(name) : try Catalogues().rewards(name), terminator: "")
  }
}
