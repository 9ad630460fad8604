import Questions
import SeedStatistics

/// Held-out scores of the arms as tables of runs × tasks, one panel a metric and decoding.
struct ReportScores {
  /// One metric of one decoding: every arm's table.
  struct Panel {
    var title: String
    var decoding: Decoding
    /// Whether it is over all tasks.
    var isOverall: Bool
    /// The measures behind it, one a task.
    var measures: [(task: String, measure: String)]
    /// One an arm, in the order of the arms; `nil` where an arm has no such score.
    var tables: [ScoreTable?]
  }

  /// An arm's answers, run by run in the order of the seeds.
  struct Column {
    var name: String
    var seeds: [Int]
    var runs: [[ScoredAnswer]]
  }

  /// What policies answered before training, as an arm of its own.
  static let start = "before training"

  let columns: [Column]
  let baseline: Int
  let panels: [Panel]

  /// The measure that stands for each kind of task, in the order of preference.
  static let headlines = ["hit@3s", "iou", "accuracy", "meteor"]

  /// Throws where `baseline` names no arm.
  ///
  /// Arms without a finished run are left out.
  init(_ arms: [ReportArm], baseline name: String?) throws {
    var columns = arms.compactMap { arm -> Column? in
      let runs = arm.finished
      guard !runs.isEmpty else { return nil }
      return Column(name: arm.name, seeds: runs.map(\.seed), runs: runs.map { $0.answers.filter { $0.phase == .end } })
    }
    if let first = arms.first(where: { !$0.finished.isEmpty }) {
      let before = first.finished.map { $0.answers.filter { $0.phase == .start } }
      if before.allSatisfy({ !$0.isEmpty }) {
        columns.insert(Column(name: Self.start, seeds: first.finished.map(\.seed), runs: before), at: 0)
      }
    }
    self.columns = columns
    if let name {
      guard let index = columns.firstIndex(where: { $0.name == name }) else {
        let known = columns.map(\.name).joined(separator: ", ")
        throw NamedError("no arm is named '\(name)'; the arms with finished runs are: \(known.isEmpty ? "none" : known)")
      }
      baseline = index
    } else {
      let hasSeveral = columns.count { $0.name != Self.start } > 1
      baseline = hasSeveral && columns.first?.name == Self.start ? 1 : 0
    }
    panels = Self.panels(columns)
  }

  private static func panels(_ columns: [Column]) -> [Panel] {
    let answers = columns.flatMap { $0.runs.joined() }
    let tasks = Set(answers.map(\.question.task)).sorted { $0 > $1 }
    let measures = tasks.compactMap { task -> (task: String, measure: String)? in
      let known = answers.first { $0.question.task == task }?.scores ?? [:]
      return headlines.first { known[$0] != nil }.map { (task, $0) }
    }
    return Decoding.allCases.reversed().flatMap { decoding -> [Panel] in
      let single = measures.map { task, measure in
        Panel(
          title: "\(task.uppercased()) \(Comparison.measureTitle(measure)), \(decoding.rawValue)", decoding: decoding,
          isOverall: measures.count == 1, measures: [(task, measure)],
          tables: columns.map { table($0, [(task, measure)], decoding) })
      }
      guard measures.count > 1 else { return single }
      return [
        Panel(
          title: "All tasks, \(decoding.rawValue)", decoding: decoding, isOverall: true, measures: measures,
          tables: columns.map { table($0, measures, decoding) })
      ] + single
    }.filter { $0.tables.contains { $0 != nil } }
  }

  /// Run → task → mean score.
  private static func table(
    _ column: Column, _ measures: [(task: String, measure: String)], _ decoding: Decoding
  ) -> ScoreTable? {
    ScoreTable(
      column.runs.map { answers in
        measures.map { task, measure in
          let scores = answers.compactMap { answer in
            answer.question.task == task && answer.decoding == decoding ? answer.scores[measure] : nil
          }
          return scores.isEmpty ? .nan : scores.reduce(0, +) / Double(scores.count)
        }
      })
  }

  /// Track → scores of one arm under a panel's only measure, all seeds together: what intervals over tracks draw.
  func byTrack(_ panel: Panel, arm: Int) -> [[Double]] {
    guard let (task, measure) = panel.measures.first else { return [] }
    let answers = columns[arm].runs.joined().filter { $0.question.task == task && $0.decoding == panel.decoding }
    let tracks = Dictionary(grouping: answers, by: \.pieceID)
    return tracks.keys.sorted().map { (tracks[$0] ?? []).compactMap { $0.scores[measure] } }
  }

  /// Whether two arms have the same seeds, so that they can be compared seed by seed.
  func arePaired(_ first: Int, _ second: Int) -> Bool { columns[first].seeds == columns[second].seeds }

  var seedCount: Int { columns.map(\.seeds.count).min() ?? 0 }
}
