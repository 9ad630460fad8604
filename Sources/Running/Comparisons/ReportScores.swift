import Experiments
import Files
import MusTBench
import Options
import Questions
import RunReports
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
    var runs: [[HeldOutRecord]]
  }

  /// What policies answered before training, as an arm of its own.
  static let start = "before training"

  /// Why an arm is the one that others are compared with.
  enum Choice {
    /// A person or a grid has named it.
    case given
    /// It is the start of training, or the only arm.
    case only
    /// It alone was trained without rewards.
    case supervised
    /// None of these: it comes first.
    case first
  }

  let columns: [Column]
  let tasks: TaskCatalog
  let baseline: Int
  let choice: Choice
  let panels: [Panel]
  /// What intervals draw: pieces of any arm, sorted.
  let tracks: [String]

  /// Throws where `baseline` names no arm.
  ///
  /// Arms without a finished run are left out.
  init(_ arms: [ReportArm], baseline name: String?, tasks: TaskCatalog) throws {
    self.tasks = tasks
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
      let arm = arms.first { $0.answers(to: name) }?.name ?? name
      guard let index = columns.firstIndex(where: { $0.name == arm }) else {
        let known = columns.map(\.name).joined(separator: ", ")
        throw NamedError("no arm is named '\(name)'; the arms with finished runs are: \(known.isEmpty ? "none" : known)")
      }
      (baseline, choice) = (index, .given)
    } else {
      let trained = columns.indices.filter { columns[$0].name != Self.start }
      let supervised = trained.filter { index in arms.contains { $0.name == columns[index].name && $0.isSupervised } }
      if trained.count < 2 {
        (baseline, choice) = (0, .only)
      } else if supervised.count == 1 {
        (baseline, choice) = (supervised[0], .supervised)
      } else {
        (baseline, choice) = (trained[0], .first)
      }
    }
    tracks = Set(columns.flatMap { $0.runs.joined().map(\.pieceID) }).sorted()
    panels = Self.panels(columns, tasks)
  }

  private static func panels(_ columns: [Column], _ catalog: TaskCatalog) -> [Panel] {
    let answers = columns.flatMap { $0.runs.joined() }
    let tasks = Set(answers.map(\.question.task)).sorted { $0 > $1 }
    let measures = tasks.compactMap { task -> (task: String, measure: String)? in
      let known = answers.first { $0.question.task == task }?.scores ?? [:]
      return catalog.headline(of: task, among: known.keys).flatMap { known[$0] == nil ? nil : (task, $0) }
    }
    return Decoding.allCases.reversed().flatMap { decoding -> [Panel] in
      let single = measures.map { task, measure in
        Panel(
          title: "\(task.uppercased()) \(catalog.title(ofMeasure: measure, task: task)), \(decoding.rawValue)",
          decoding: decoding,
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

  /// One arm's scores under a panel's measures by seed and track: what intervals draw; `nil` where it has none.
  func crossed(_ panel: Panel, arm: Int) -> CrossedScores? {
    CrossedScores(
      panel.measures.map { task, measure in
        columns[arm].runs.map { answers in
          PolicyComparison.byTrack(answers, tracks: tracks, task: task, metric: measure, decoding: panel.decoding)
        }
      })
  }

  /// The colours of the arms, the same in every chart: the start, the arm that others are compared with, and the one beside it, or
  /// the others by their places.
  func style(ofArm name: String) -> SummaryExample.Style {
    if name == Self.start { return .before }
    let others = columns.indices.filter { columns[$0].name != Self.start && $0 != baseline }
    if columns.indices.contains(baseline), columns[baseline].name == name { return others.isEmpty ? .after : .control }
    let place = others.firstIndex { columns[$0].name == name }
    return others.count == 1 && place != nil ? .after : .arm(place ?? others.count)
  }

  /// Whether two arms have the same seeds, so that they can be compared seed by seed.
  func arePaired(_ first: Int, _ second: Int) -> Bool { columns[first].seeds == columns[second].seeds }

  /// The fewest and the most that an arm has.
  var seedCount: Int { columns.map(\.seeds.count).min() ?? 0 }
  var mostSeeds: Int { columns.map(\.seeds.count).max() ?? 0 }

  /// What intervals of the arms' means draw, `pieces` being what tracks are called: arms of one seed beside arms of several draw less.
  func drawn(_ pieces: String) -> String {
    seedCount > 1
      ? "seeds and \(pieces)" : mostSeeds > 1 ? "\(pieces), of arms of several seeds over these too" : "\(pieces), 1 seed"
  }
}
