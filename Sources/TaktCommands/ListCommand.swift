import ArgumentParser
import CommandTexts
import Experiments

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "What an experiment may name: rewards, algorithms, curricula, sinks, alarms, tasks, options, experiments.",
    discussion: """
      EXAMPLES
        takt list rewards              every reward, a line each
        takt list rewards soft-f1      formula, options and source of one
        takt list algorithms grpo
        takt list sinks tensorboard    options of a log that `log:` may name
        takt list options              every option of an experiment file with its range and default
      """.manual)

  @Argument(
    help: "One of rewards, algorithms, curricula, sinks, alarms, tasks, options, experiments.",
    completion: .list(Catalogues(plugins: .builtIn).kinds.map(\.name) + ["options", "experiments"]))
  var kind: String

  @Argument(help: "Name of one, for all that is known of it.")
  var name: String?

  @Option(help: "Check the rewards of this YAML file and print them with every option.")
  var spec: String?

  @Flag(help: "A JSON list instead of a table.")
  var json = false

  func run() throws {
    let catalogues = Catalogues()
    if let spec {
      print(try catalogues.rewardSpec(spec), terminator: "")
      return
    }
    switch kind {
    case "options": try show(catalogues.options(), catalogues)
    case "experiments": try show(catalogues.experiments(), catalogues)
    default:
      let kind = try catalogues.kind(kind)
      print(json ? try kind.json(name) : try kind.text(name), terminator: "")
    }
  }

  private func show(_ table: String, _ catalogues: Catalogues) throws {
    print(json ? try catalogues.linesJSON(table) : table, terminator: "")
  }
}
