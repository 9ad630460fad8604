import Algorithms
import AudioLanguageModel
import Curricula
import Files
import Foundation
import MusTBench
public import Options
import Questions
public import Rewards
import RunLogs
public import TemporalRewards
import Training

/// What an experiment may name, as text.
public struct Catalogues: Sendable {
  let rewardCatalog: RewardCatalog

  public init(rewards: RewardCatalog = .builtIn) {
    rewardCatalog = rewards
  }

  /// Every reward with its options; one with its formula, options, source and a plot where a name is given.
  public func rewards(_ name: String? = nil) throws -> String {
    guard let name else {
      return RewardFamily.allCases.compactMap { family in
        let types = rewardCatalog.all.filter { $0.documentation.family == family }
        return types.isEmpty ? nil : "\(family.rawValue)\n" + Self.table(types.flatMap(Self.rows), indent: "  ")
      }.joined(separator: "\n") + "\n`takt rewards NAME` shows formula, options with their ranges, and a plot of one.\n"
    }
    guard let type = rewardCatalog[name] else {
      throw NamedError("no reward is named '\(name)'; known: \(rewardCatalog.names.joined(separator: ", "))")
    }
    var options = OptionReader()
    let reward = type.init(options: &options)
    let documentation = type.documentation
    return """
      \(type.name): \(documentation.summary)

      \(documentation.formula)

      Edges: \(documentation.degenerateCases)
      Judges: \(documentation.kinds.map(\.rawValue).joined(separator: ", "))
      Range: \(OptionValue.written(reward.range.lowerBound))…\(OptionValue.written(reward.range.upperBound))
      Source: \(documentation.source)
      Credit by span: \(type is any SpanCreditReward.Type ? "yes, with credit: span" : "no")

      Options, besides weight, label, tasks, gate, normalize, baseline and credit
      \(options.descriptions.isEmpty ? "  none\n" : Self.options(of: options))
      With its defaults, the \(RewardShape(reward: reward).text)
      """
  }

  /// Name and summary, and the options with their defaults below them.
  private static func rows(of type: any TemporalReward.Type) -> [(String, String)] {
    var options = OptionReader()
    _ = type.init(options: &options)
    let list = options.descriptions.map { "\($0.key) \($0.fallback)" }.joined(separator: ", ")
    return [(type.name, type.documentation.summary)] + (list.isEmpty ? [] : [("", "options: \(list)")])
  }

  public func algorithms(_ name: String? = nil) throws -> String {
    guard let name else {
      return Self.table(AlgorithmCatalog.builtIn.all.map { ($0.name, $0.summary) })
    }
    guard let type = AlgorithmCatalog.builtIn[name] else {
      throw NamedError(
        "no algorithm is named '\(name)'; known: \(AlgorithmCatalog.builtIn.all.map { $0.name }.joined(separator: ", "))")
    }
    var options = OptionReader()
    let algorithm = type.init(options: &options)
    let credit = algorithm.advantage.usesTokenCredits ? "used: tokens of a span get its advantage" : "ignored, with a warning"
    return """
      \(type.name): \(type.summary)

      Needs: \(algorithm.requirements)
      Credit by span: \(credit)

      Options
      \(Self.options(of: options))
      """
  }

  /// Every log that `log:` may name; one with its options where a name is given.
  public func sinks(_ name: String? = nil) throws -> String {
    let catalog = LogCatalog.builtIn
    guard let name else { return Self.table(catalog.all.map { ($0.name, $0.summary) }) }
    guard let type = catalog[name] else {
      throw NamedError("no log is named '\(name)'; known: \(catalog.names.joined(separator: ", "))")
    }
    var options = OptionReader(OptionValue(.map([OptionEntry(key: "sink", value: OptionValue(.text(name)))])))
    _ = ChosenLog(options: &options, catalog: catalog)
    return "\(type.name): \(type.summary)\n\nOptions\n\(Self.options(of: options))"
  }

  /// Every curriculum; one with its options where a name is given.
  public func curricula(_ name: String? = nil) throws -> String {
    guard let name else { return Self.table(CurriculumCatalog.builtIn.all.map { ($0.name, $0.summary) }) }
    guard let type = CurriculumCatalog.builtIn[name] else {
      let known = CurriculumCatalog.builtIn.all.map { $0.name }.joined(separator: ", ")
      throw NamedError("no curriculum is named '\(name)'; known: \(known)")
    }
    var options = OptionReader()
    _ = type.init(options: &options)
    return "\(type.name): \(type.summary)\n\nOptions\n\(Self.options(of: options))"
  }

  public func tasks() -> String {
    Self.table(TaskCatalog.builtIn.all.map { (type(of: $0).name, type(of: $0).title) })
  }

  /// The options of an experiment file, section by section.
  public func options() -> String {
    func section(_ title: String, _ read: (inout OptionReader) -> Void) -> String {
      var options = OptionReader()
      read(&options)
      return "\(title)\n\(Self.options(of: options))"
    }
    let sections =
      [
        section("encoder: (stage encoder)") { _ = EncoderOptions(options: &$0, isNew: true) },
        section("encoder: (stage encoder, going on from start.encoder)") { _ = EncoderOptions(options: &$0, isNew: false) },
        section("policy: (stages captions, questions and reinforcement)") { _ = EmbeddedPolicyConfiguration(options: &$0) },
        section("tracks:") { _ = TrackOptions(options: &$0) },
        section("questions:") { _ = QuestionOptions(options: &$0) },
        section("training:") { _ = TrainingOptions(options: &$0) },
        section("training.learning-rate:") { _ = LearningRateSchedule(options: &$0, totalSteps: 300) },
        section("evaluation:") { _ = EvaluationOptions(options: &$0) },
        section("alarms:") { _ = Alarms(options: &$0) },
      ]
      + AlarmCatalog.builtIn.all.map { type in
        section("alarms.\(type.name): warns where \(type.summary)") { _ = type.init(options: &$0, limits: RunLimits()) }
      }
    return sections.joined(separator: "\n")
  }

  /// Every experiment file below `experiments/` with what it shows.
  public func experiments() throws -> String {
    let files = (FileManager.default.enumerator(atPath: "experiments")?.allObjects as? [String] ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("rewards/") }.sorted()
    return Self.table(
      try files.map { file in
        if file.hasPrefix("ablations/") {
          let grid = try AblationFile(path: "experiments/\(file)", rewards: rewardCatalog)
          return ("experiments/\(file)", "\(grid.arms.count) arms × \(grid.seeds.count) seeds: \(grid.summary)")
        }
        let experiment = try ExperimentFile(path: "experiments/\(file)", rewards: rewardCatalog)
        return ("experiments/\(file)", experiment.summary)
      })
  }

  /// A file of rewards with every option resolved.
  public func rewardSpec(_ path: String) throws -> String {
    try RewardFile(path: path, catalog: rewardCatalog).resolved.yaml()
  }

  private static func options(of reader: OptionReader) -> String {
    table(
      reader.descriptions.map {
        ($0.key, "\($0.allowed), default \($0.fallback)" + ($0.help.isEmpty ? "" : ": \($0.help)"))
      }, indent: "  ")
  }

  private static func table(_ rows: [(String, String)], indent: String = "") -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "\(indent)\($0.padding(toLength: width, withPad: " ", startingAt: 0))  \($1)\n" }.joined()
  }
}
