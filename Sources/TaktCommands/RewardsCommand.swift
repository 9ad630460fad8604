import ArgumentParser
import CommandTexts
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
    let kind = try Catalogues().kind("rewards")
    print(json ? try kind.json(name) : try kind.text(name), terminator: "")
  }
}
