import Curricula
import Options
import Questions
import Rewards
import TemporalRewards
import Training

/// Curricula, rewards and questions as an experiment file would give them.
enum CurriculumReading {
  typealias Entry = (String, OptionValue.Content)

  static func map(_ entries: [Entry]) -> OptionValue {
    OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
  }

  static func numbers(_ entries: [(String, Double)]) -> OptionValue.Content {
    map(entries.map { ($0.0, .number($0.1)) }).content
  }

  static func curricula(_ items: [[Entry]]) -> (curricula: [any Curriculum], issues: [String]) {
    var options = OptionReader(map([("curriculum", .list(items.map(map)))]))
    let curricula = CurriculumCatalog.builtIn.makeList("curriculum", options: &options)
    return (curricula, options.closed().map(\.description))
  }

  static func rewards() -> RewardSpec {
    var options = OptionReader(
      map([
        (
          "rewards",
          .list([
            map([("reward", .text("onset-error")), ("scale", .number(4))]),
            map([("reward", .text("unreadable")), ("weight", .number(-1))]),
          ])
        )
      ]))
    return RewardSpec(options: &options, catalog: .builtIn)
  }

  static func question(_ number: Int, task: String = "tsg", at time: Double = 1) -> Question {
    Question(
      id: "track/\(task)/\(number)", trackID: "track", task: task, text: "When?", kind: .instant, references: [.instant(time)],
      duration: 6)
  }
}
