import Ablations
import Algorithms
package import Experiments
import Files
import Foundation
import MusTBench
import Options
import Questions
import Rewards
import RunLogs

/// What an experiment may name, as text and for programs.
package struct Catalogues: Sendable {
  private let plugins: Plugins

  package init(plugins: Plugins = .current) {
    self.plugins = plugins
  }

  /// Every kind of part, as `takt list` shows it.
  package var kinds: [ListedKind] {
    [
      rewardKind, algorithmKind, ListedKind(plugins.curricula), sinkKind, alarmKind, taskKind, ListedKind(plugins.stages),
      ListedKind(plugins.policies), ListedKind(plugins.tracks),
    ]
  }

  /// The kind of this name; throws what is known where there is none.
  package func kind(_ name: String) throws -> ListedKind {
    let kinds = kinds
    if let kind = kinds.first(where: { $0.name == name }) { return kind }
    let known = kinds.map(\.name) + ["options", "experiments"]
    throw NamedError(
      "takt list knows no '\(name)'\(Suggestion.words(for: name, among: known)); known: \(known.joined(separator: ", "))")
  }

  /// Every reward with its options; one with its formula, options, source and a plot where a name is given.
  package func rewards(_ name: String? = nil) throws -> String { try rewardKind.text(name) }

  private var rewardKind: ListedKind {
    let catalog = plugins.rewards
    let families = RewardFamily.allCases.compactMap { family -> String? in
      let types = catalog.all.filter { $0.documentation.family == family }
      return types.isEmpty ? nil : "\(family.rawValue)\n" + ListedKind.pairs(types.flatMap(rows), indent: "  ")
    }
    return ListedKind(
      catalog,
      listing: families.joined(separator: "\n")
        + "\n`takt rewards show NAME` shows formula, options with their ranges, and a plot of one.\n",
      more: { type in
        let documentation = type.documentation
        return [
          ("formula", .text(documentation.formula)), ("forms", .list(documentation.forms.map(\.description))),
          ("edges", .text(documentation.degenerateCases)),
          ("judges", .list(documentation.kinds.map(\.rawValue))), ("source", .text(documentation.source)),
        ]
      }
    ) { type, options in
      var reader = OptionReader()
      let reward = catalog.make(type, options: &reader)
      let documentation = type.documentation
      return """
        \(type.name): \(documentation.summary)

        \(documentation.formulaLines.joined(separator: "\n"))

        Edges: \(documentation.degenerateCases)
        Judges: \(documentation.kinds.map(\.rawValue).joined(separator: ", "))
        Range: \(OptionValue.written(reward.range.lowerBound))…\(OptionValue.written(reward.range.upperBound))
        Source: \(documentation.source)
        Credit by span: \(type is any SpanCreditReward.Type ? "yes, with credit: span" : "no")

        Options, besides weight, label, tasks, gate, normalize, baseline and credit
        \(options.isEmpty ? "  none\n" : options)
        \((reward as? any TemporalReward).map { "With its defaults, the \(RewardShape(reward: $0).text)" } ?? "")
        """
    }
  }

  /// Name and summary, and the options with their defaults below them.
  private func rows(of type: any Reward.Type) -> [(String, String)] {
    let list = plugins.rewards.descriptions(of: type).map { "\($0.key) \($0.fallback)" }.joined(separator: ", ")
    return [(type.name, type.documentation.summary)] + (list.isEmpty ? [] : [("", "options: \(list)")])
  }

  private var algorithmKind: ListedKind {
    let catalog = plugins.algorithms
    return ListedKind(
      catalog,
      manual: { type, options in
        var reader = OptionReader()
        let algorithm = catalog.make(type, options: &reader)
        let credit =
          algorithm.advantage.usesTokenCredits ? "used: tokens of a span get its advantage" : "ignored, with a warning"
        return """
          \(type.name): \(type.summary)

          Needs: \(algorithm.requirements)
          Credit by span: \(credit)

          Options
          \(options)
          """
      })
  }

  private var sinkKind: ListedKind {
    let catalog = plugins.sinks
    return ListedKind(
      catalog,
      options: { type in
        var options = OptionReader(OptionValue(.map([OptionEntry(key: "sink", value: OptionValue(.text(type.name)))])))
        _ = ChosenLog(options: &options, catalog: catalog)
        return options.descriptions
      })
  }

  private var alarmKind: ListedKind {
    let catalog = plugins.alarms
    return ListedKind(
      catalog,
      manual: { type, options in
        "\(type.name): warns where \(type.summary)\n" + (options.isEmpty ? "" : "\nOptions\n\(options)")
      })
  }

  private var taskKind: ListedKind {
    ListedKind(plugins.tasks, more: { [("title", .text(type(of: $0).title))] })
  }

  /// The options of an experiment file, section by section, and of every part that it may name.
  package func options() throws -> String {
    func section(_ title: String, _ read: (inout OptionReader) -> Void) -> String {
      var options = OptionReader()
      read(&options)
      return "\(title)\n\(ListedKind.table(of: options.descriptions))"
    }
    let sections =
      try [
        section("training:, evaluation: (every stage)") { _ = TrainingOptions(options: &$0) },
        section("training.learning-rate: (shapes that fall)") { _ = LearningRateSchedule.fall(&$0) },
        section("encoder: (stage encoder, going on from start.encoder)") { _ = EncoderOptions(options: &$0, isNew: false) },
        section(
          "policy: (kind embedded, going on from start.policy, whose file says the rest; shape for files of earlier versions)"
        ) {
          EmbeddedPolicyKind.readStarted(options: &$0)
        },
        section("alarms:") { _ = Alarms(options: &$0, catalog: plugins.alarms) },
      ]
      + plugins.alarms.all.map { type in
        section("alarms.\(type.name): warns where \(type.summary)") { _ = type.init(options: &$0, limits: RunLimits()) }
      }
      + kinds.filter { $0.name != plugins.alarms.plural }.flatMap { try $0.sections }
    return sections.joined(separator: "\n")
  }

  /// Every experiment file below `experiments/` with what it shows.
  package func experiments() throws -> String {
    let files = (FileManager.default.enumerator(atPath: "experiments")?.allObjects as? [String] ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("rewards/") }.sorted()
    return ListedKind.pairs(
      try files.map { file in
        if file.hasPrefix("ablations/") {
          let grid = try AblationFile(path: "experiments/\(file)", plugins: plugins)
          return ("experiments/\(file)", "\(grid.arms.count) arms × \(grid.seeds.count) seeds: \(grid.summary)")
        }
        let experiment = try ExperimentFile(path: "experiments/\(file)", plugins: plugins)
        return ("experiments/\(file)", experiment.summary)
      })
  }

  /// A file of rewards with every option resolved.
  package func rewardSpec(_ path: String) throws -> String {
    try RewardFile(path: path, plugins: plugins).resolved.yaml()
  }
}
