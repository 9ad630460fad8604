import ArgumentParser
import CommandTexts
import Experiments

struct RewardsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rewards",
    abstract: "What answers earn: takt rewards show soft-f1",
    discussion: """
      SPEC is a YAML file with a composition of rewards, such as experiments/rewards/must.yaml.

      EXAMPLES
        takt rewards list                                     every reward, a line each
        takt rewards show soft-f1                             formula, options and source of one
        takt rewards check experiments/rewards/must.yaml      a file with every option and its value
        takt rewards audit experiments/rewards/intervals.yaml segments.jsonl
        takt rewards rescore runs/demo --rewards experiments/rewards/must.yaml
        takt rewards serve --rewards experiments/rewards/must.yaml
      """.manual,
    subcommands: [
      List.self, Show.self, Check.self, AuditCommand.self, RescoreCommand.self, ServeCommand.self,
    ], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every reward, a line each.",
      discussion: """
        EXAMPLE
          takt rewards list
        """.manual)

    @Flag(help: "A JSON list with formulas and options.")
    var json = false

    func run() throws {
      let kind = try Catalogues().kind("rewards")
      print(json ? try kind.json(nil) : try kind.text(nil), terminator: "")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Formula, edges, options, source and plot of one reward.",
      discussion: """
        EXAMPLE
          takt rewards show soft-f1
        """.manual)

    @Argument(help: "A reward's name.")
    var name: String

    @Flag(help: "The same as JSON.")
    var json = false

    func run() throws {
      let kind = try Catalogues().kind("rewards")
      print(json ? try kind.json(name) : try kind.text(name), terminator: "")
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a file of rewards and print it with every option.",
      discussion: """
        What is wrong is said with its key path and what is allowed, and ends with exit code 1.

        EXAMPLE
          takt rewards check experiments/rewards/must.yaml
        """.manual)

    @Argument(help: "YAML file with the rewards.")
    var spec: String

    func run() throws { print(try Catalogues().rewardSpec(spec), terminator: "") }
  }
}
