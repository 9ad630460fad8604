import ArgumentParser
import Experiments

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "What an experiment may name: rewards, algorithms, curricula, sinks, tasks, options, experiments.",
    discussion: """
      EXAMPLES
        takt list rewards              every reward, a line each
        takt list rewards soft-f1      formula, options and source of one
        takt list algorithms grpo
        takt list sinks tensorboard    options of a log that `log:` may name
        takt list options              every option of an experiment file with its range and default
      """.manual)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case rewards, algorithms, curricula, sinks, tasks, options, experiments
  }

  @Argument(help: "One of rewards, algorithms, curricula, sinks, tasks, options, experiments.")
  var kind: Kind

  @Argument(help: "Name of one, for all that is known of it.")
  var name: String?

  @Option(help: "Check the rewards of this YAML file and print them with every option.")
  var spec: String?

  @Flag(help: "A JSON list instead of a table.")
  var json = false

  func run() throws {
    let catalogues = Catalogues()
    if json, spec == nil {
      print(try list(catalogues), terminator: "")
      return
    }
    if let spec {
      print(try catalogues.rewardSpec(spec), terminator: "")
      return
    }
    switch kind {
    case .rewards: print(try catalogues.rewards(name), terminator: "")
    case .algorithms: print(try catalogues.algorithms(name), terminator: "")
    case .curricula: print(try catalogues.curricula(name), terminator: "")
    case .sinks: print(try catalogues.sinks(name), terminator: "")
    case .tasks: print(catalogues.tasks(), terminator: "")
    case .options: print(catalogues.options(), terminator: "")
    case .experiments: print(try catalogues.experiments(), terminator: "")
    }
  }

  private func list(_ catalogues: Catalogues) throws -> String {
    switch kind {
    case .rewards: try catalogues.rewardsJSON(name)
    case .algorithms: try catalogues.algorithmsJSON(name)
    case .curricula: try catalogues.linesJSON(catalogues.curricula(name))
    case .sinks: try catalogues.linesJSON(catalogues.sinks(name))
    case .tasks: try catalogues.tasksJSON()
    case .options: try catalogues.linesJSON(catalogues.options())
    case .experiments: try catalogues.linesJSON(catalogues.experiments())
    }
  }
}
