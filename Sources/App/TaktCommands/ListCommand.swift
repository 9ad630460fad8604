import ArgumentParser
import CommandTexts
import Experiments

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "What a file may name: takt list algorithms grpo",
    discussion: """
      KIND is one of rewards, algorithms, curricula, sinks, alarms, tasks, stages, policies, tracks, options, experiments.

      EXAMPLES
        takt list rewards              every reward, a line each
        takt list algorithms grpo      options of one
        takt list sinks tensorboard    options of a log that `log:` may name
        takt list options              every option of an experiment file with its range and default
        takt list tasks --json         a JSON list instead of a table
        takt list profiles trl verl    the choices in which two toolkits differ
      """.manual,
    subcommands: [Parts.self, ProfilesCommand.self], defaultSubcommand: Parts.self)

  struct Parts: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every part of a kind, or all that is known of one.",
      discussion: """
        EXAMPLE
          takt list parts rewards soft-f1      the same as takt list rewards soft-f1
        """.manual)

    @Argument(
      help: "What to list, such as rewards or options.",
      completion: .list(Catalogues(plugins: .builtIn).kinds.map(\.name) + ["options", "experiments"]))
    var kind: String

    @Argument(help: "Name of one, for all that is known of it.")
    var name: String?

    @Flag(help: "A JSON list instead of a table.")
    var json = false

    func run() throws {
      let catalogues = Catalogues()
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
}
