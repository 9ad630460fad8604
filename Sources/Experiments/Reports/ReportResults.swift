import Numbers
import Randomness
import RunReports
import SeedStatistics

/// The tables, forest plots and sentences that scores give.
struct ReportResults {
  let scores: ReportScores
  private let bootstrap: Bootstrap
  private let comparisons: [[ArmComparison?]]

  /// Every interval draws from `seed`.
  init(_ scores: ReportScores, seed: UInt64 = 0xB007) {
    self.scores = scores
    let bootstrap = Bootstrap(stream: RandomStream(seed: seed))
    self.bootstrap = bootstrap
    comparisons = scores.panels.map { panel in
      panel.tables.indices.map { arm in
        guard arm != scores.baseline, let own = panel.tables[arm], let other = panel.tables[scores.baseline] else { return nil }
        return ArmComparison(own, over: other, isPaired: scores.arePaired(arm, scores.baseline), bootstrap: bootstrap)
      }
    }
  }

  private var baselineName: String { scores.columns.isEmpty ? "" : scores.columns[scores.baseline].name }

  /// The main result in a sentence.
  var headline: String { findings.first ?? "" }

  /// Whether there are seeds to draw; of one alone nothing is known about others.
  private var hasSeeds: Bool { scores.seedCount > 1 }

  /// One sentence a comparison over all tasks; none of one seed.
  var findings: [String] {
    guard hasSeeds else { return [] }
    return zip(scores.panels, comparisons).filter(\.0.isOverall).flatMap { panel, row -> [String] in
      row.enumerated().compactMap { arm, comparison -> String? in
        guard let comparison else { return nil }
        let name = scores.columns[arm].name
        let difference = estimate(comparison.difference).asGain
        return "\(panel.title): \(comparison.words(name, baselineName)) (\(name) − \(baselineName): \(difference))."
      }
    }
  }

  var cautions: [String] {
    let pairs = scores.columns.count - 1
    let seeds = scores.seedCount
    let paired = scores.columns.indices.filter { $0 != scores.baseline && scores.arePaired($0, scores.baseline) }
    return [
      scores.columns.isEmpty ? nil : SeedAdvice.interval(seeds: seeds),
      paired.isEmpty || seeds < 2 ? nil : SeedAdvice.test(pairs: seeds, comparisons: pairs),
    ].compactMap { $0 }
  }

  /// How the intervals of the forest plots were made.
  var forestNote: String {
    hasSeeds
      ? "◆ interquartile mean over runs × tasks, line its 95 % interval over seeds, ○ single seeds, broken line the baseline."
      : "◆ mean, line its 95 % interval over held-out tracks (one seed), broken line the baseline."
  }

  var forests: [SummaryForest] {
    scores.panels.filter { hasSeeds || $0.measures.count == 1 }.map { panel in
      SummaryForest(
        title: panel.title,
        rows: panel.tables.enumerated().compactMap { arm, table in
          guard let table else { return nil }
          let interval =
            hasSeeds
            ? bootstrap.interval(of: table, statistic: \.interquartileMean)
            : bootstrap.mean(ofTracks: scores.byTrack(panel, arm: arm))
          guard let interval else { return nil }
          return SummaryForest.Row(
            name: scores.columns[arm].name, estimate: estimate(interval),
            seeds: hasSeeds ? table.scores.map { $0.reduce(0, +) / Double($0.count) } : [], isBaseline: arm == scores.baseline)
        })
    }
  }

  /// A table of all metrics where two arms are compared, else a table a metric.
  var tables: [SummaryTable] {
    guard scores.columns.count > 1, hasSeeds else { return [] }
    let rows = zip(scores.panels, comparisons).map { panel, row in self.rows(of: panel, row) }
    if scores.columns.count == 2 {
      return [
        SummaryTable(
          title: "\(scores.columns[1 - scores.baseline].name) against \(baselineName)",
          note: note(comparisons.reduce(0) { $0 + $1.count { $0?.p != nil } }),
          columns: ["metric"] + Self.columns,
          rows: zip(scores.panels, rows).flatMap { panel, rows in
            corrected(rows.filter { !$0.isBaseline }, family: comparisons.flatMap { $0.compactMap { $0?.p } })
              .map { [.text(panel.title)] + $0 }
          })
      ]
    }
    return zip(scores.panels, rows).enumerated().map { index, entry in
      let (panel, rows) = entry
      let family = comparisons[index].compactMap { $0?.p }
      return SummaryTable(
        title: panel.title, note: note(family.count), columns: ["arm"] + Self.columns,
        rows: zip(rows, corrected(rows, family: family)).map { [.text($0.name)] + $1 }, isFolded: !panel.isOverall)
    }
  }

  private static let columns = [
    "seeds", "IQM", "difference", "P(improvement)", "better in draws", "p", "p, Holm",
  ]

  private func note(_ comparisons: Int) -> String {
    let others = scores.columns.indices.filter { $0 != scores.baseline }
    let paired = others.count { scores.arePaired($0, scores.baseline) }
    let pairing = "means over tasks of the same seeds, paired, with p of the two-sided sign-flip test"
    let unpaired = "of interquartile means, not paired since the seeds differ"
    let differences =
      paired == others.count
      ? pairing : paired == 0 ? unpaired : "\(pairing); of arms with other seeds \(unpaired), without a p"
    return "Interquartile means over runs × tasks with 95 % stratified bootstrap intervals (2000 draws). Differences from "
      + "\(baselineName): \(differences). "
      + (comparisons > 0
        ? "Holm's correction is over the \(comparisons) p of this table. " : "")
      + "P(improvement): a run of the arm beats a run of \(baselineName) on a task drawn at random."
  }

  private struct Row {
    var name: String
    var isBaseline: Bool
    var p: Double?
    var cells: [SummaryTable.Cell]
  }

  private func rows(of panel: ReportScores.Panel, _ comparisons: [ArmComparison?]) -> [Row] {
    panel.tables.enumerated().compactMap { arm, table in
      guard let table else { return nil }
      let own = SummaryTable.Cell.estimate(estimate(bootstrap.interval(of: table, statistic: \.interquartileMean)))
      let comparison = comparisons[arm]
      return Row(
        name: scores.columns[arm].name, isBaseline: arm == scores.baseline, p: comparison?.p,
        cells: [
          .count(table.runCount), own, comparison.map { .gain(estimate($0.difference)) } ?? .nothing,
          comparison.map { .estimate(estimate($0.improvement)) } ?? .nothing,
          comparison.map { .share($0.shareOfDraws) } ?? .nothing,
        ])
    }
  }

  /// The cells with p and Holm's p among `family` behind them.
  private func corrected(_ rows: [Row], family: [Double]) -> [[SummaryTable.Cell]] {
    let adjusted = ManyComparisons.holm(family)
    return rows.map { row in
      guard let p = row.p, let index = family.firstIndex(of: p) else { return row.cells + [.nothing, .nothing] }
      return row.cells + [.probability(p), .probability(adjusted[index])]
    }
  }

  /// Every seed's scores, for programs and for those who look closely.
  var seedTable: SummaryTable? {
    guard !scores.panels.isEmpty else { return nil }
    let rows = scores.columns.enumerated().flatMap { arm, column in
      column.seeds.enumerated().map { run, seed -> [SummaryTable.Cell] in
        [.text("\(column.name), seed \(seed)")]
          + scores.panels.map { panel in
            panel.tables[arm].map { .number($0.scores[run].reduce(0, +) / Double($0.taskCount), places: 3) } ?? .nothing
          }
      }
    }
    return SummaryTable(
      title: "Scores of each seed", note: "Means over held-out questions; all tasks: mean of the tasks.",
      columns: ["run"] + scores.panels.map(\.title), rows: rows, isFolded: true)
  }

  /// Share of runs × tasks above each score, where there are several arms and seeds.
  var profiles: [SummaryCurve] {
    guard scores.columns.count > 1, scores.seedCount > 1 else { return [] }
    return scores.panels.filter(\.isOverall).map { panel in
      let all = panel.tables.compactMap { $0 }.flatMap { $0.scores.joined() }
      // Scores lie in 0…1; what else a file may hold is not drawn.
      let (least, most) = (min(max(all.min() ?? 0, 0), 10), min(max(all.max() ?? 1, 0), 10))
      let (low, high) = (Int(saturating: 100 * least) - 1, Int(saturating: 100 * most) + 2)
      let thresholds = Array(max(0, low)...max(1, high))
      return SummaryCurve(
        title: "Performance profile: \(panel.title)",
        note: "Share of runs × tasks that score above; the band is a pointwise 95 % bootstrap interval.",
        abscissa: "score above, in hundredths",
        series: panel.tables.enumerated().compactMap { arm, table in
          guard let table else { return nil }
          let shares = bootstrap.performanceProfile(of: table, at: thresholds.map { Double($0) / 100 })
          return SummaryCurve.Series(
            name: scores.columns[arm].name,
            points: zip(thresholds, shares).map { .init(step: $0, value: $1.estimate, low: $1.lower, high: $1.upper) })
        })
    }
  }

  private func estimate(_ interval: ConfidenceInterval) -> SummaryEstimate {
    SummaryEstimate(interval.estimate, low: interval.lower, high: interval.upper)
  }
}
