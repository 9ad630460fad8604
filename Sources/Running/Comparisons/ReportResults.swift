import Foundation
import Numbers
import Randomness
import RunReports
import SeedStatistics

/// The tables, forest plots and sentences that scores give.
struct ReportResults {
  let scores: ReportScores
  private let bootstrap: Bootstrap
  /// Panel → arm.
  private let crossed: [[CrossedScores?]]
  private let comparisons: [[ArmComparison?]]

  /// Every interval draws from `seed`.
  init(_ scores: ReportScores, seed: UInt64 = 0xB007) {
    self.scores = scores
    let bootstrap = Bootstrap(stream: RandomStream(seed: seed))
    self.bootstrap = bootstrap
    let crossed = scores.panels.map { panel in panel.tables.indices.map { scores.crossed(panel, arm: $0) } }
    self.crossed = crossed
    comparisons = zip(scores.panels, crossed).map { panel, crossed in
      panel.tables.indices.map { arm in
        guard arm != scores.baseline, let own = panel.tables[arm], let other = panel.tables[scores.baseline],
          let first = crossed[arm], let second = crossed[scores.baseline]
        else { return nil }
        let isPaired = scores.arePaired(arm, scores.baseline)
        return ArmComparison(
          own, over: other, isPaired: isPaired, bootstrap: bootstrap,
          draws: bootstrap.draws(of: first, minus: second, isPaired: isPaired))
      }
    }
  }

  private var baselineName: String { scores.columns.isEmpty ? "" : scores.columns[scores.baseline].name }

  /// The main result in a sentence.
  var headline: String { findings.first ?? "" }

  /// Whether there are seeds to draw; of one alone nothing is known about others.
  private var hasSeeds: Bool { scores.seedCount > 1 }

  /// One sentence a comparison over all tasks, trained arms before the start; none of one seed.
  var findings: [String] {
    guard hasSeeds else { return [] }
    let arms = scores.columns.indices.sorted { first, second in
      let (isStart, isOther) = (
        scores.columns[first].name == ReportScores.start, scores.columns[second].name == ReportScores.start
      )
      return isStart == isOther ? first < second : isOther
    }
    return scores.panels.indices.filter { scores.panels[$0].isOverall }.flatMap { panel -> [String] in
      let adjusted = ManyComparisons.holm(families[panel])
      return arms.compactMap { arm -> String? in
        guard let comparison = comparisons[panel][arm] else { return nil }
        let name = scores.columns[arm].name
        let words = comparison.words(name, baselineName)
        // Of the arm that is better, so that the number has the sign of the words.
        let isFlipped = words.hasPrefix("\(baselineName) is better")
        let difference = estimate(isFlipped ? comparison.difference.negated : comparison.difference).asGain
        let pair = isFlipped ? "\(baselineName) − \(name)" : "\(name) − \(baselineName)"
        let test = comparison.p.flatMap { p in families[panel].firstIndex(of: p) }.map { index in
          "; p \(Self.written(families[panel][index]))"
            + (adjusted.count > 1 ? ", \(Self.written(adjusted[index])) after Holm's correction for \(adjusted.count)" : "")
        }
        return "\(scores.panels[panel].title): \(words) (\(pair): \(difference)\(test ?? ""))."
      }
    }
  }

  private static func written(_ p: Double) -> String { String(format: "%.3g", p) }

  /// Panel → the p that its table is corrected for: all of them where one table holds every panel, else those of the panel.
  private var families: [[Double]] {
    let own = comparisons.map { $0.compactMap { $0?.p } }
    return hasOneTable ? own.map { _ in Array(own.joined()) } : own
  }

  /// Two arms are compared in one table of all panels, more in a table a panel.
  private var hasOneTable: Bool { scores.columns.count == 2 }

  var cautions: [String] {
    let seeds = scores.seedCount
    let family = families.map(\.count).max() ?? 0
    return [
      scores.columns.isEmpty ? nil : SeedAdvice.interval(seeds: seeds, most: scores.mostSeeds),
      family == 0 || seeds < 2 ? nil : SeedAdvice.test(pairs: seeds, comparisons: family),
      scores.choice == .first
        ? "No arm, or more than one, was trained without rewards, so none is known to be the control: differences are from "
          + "\(baselineName), which comes first. --baseline NAME chooses another." : nil,
    ].compactMap { $0 }
  }

  /// How the intervals of the forest plots were made.
  var forestNote: String {
    let estimate =
      hasSeeds
      ? "◆ mean over seeds and tasks, line its 95 % interval over seeds and tracks, ○ single seeds"
      : "◆ mean, line its 95 % interval over \(scores.drawn("held-out tracks"))"
    let hasPoint = forests.contains { $0.rows.contains { $0.estimate.low == $0.estimate.high } }
    return "\(estimate), broken line \(baselineName)."
      + (hasPoint ? " An interval without width: whatever was drawn scores the same, so it says nothing of other tracks." : "")
  }

  var forests: [SummaryForest] {
    scores.panels.enumerated().filter { hasSeeds || $0.element.measures.count == 1 }.map { index, panel in
      SummaryForest(
        title: panel.title,
        rows: panel.tables.enumerated().compactMap { arm, table in
          guard let table, let mean = mean(panel: index, arm: arm) else { return nil }
          let name = scores.columns[arm].name
          return SummaryForest.Row(
            name: name, estimate: mean,
            seeds: hasSeeds ? table.scores.map { $0.reduce(0, +) / Double($0.count) } : [], isBaseline: arm == scores.baseline,
            style: scores.style(ofArm: name))
        })
    }
  }

  /// The mean over tasks with its interval over seeds and tracks; scores are rates, so it ends at 0 and 1.
  private func mean(panel: Int, arm: Int) -> SummaryEstimate? {
    crossed[panel][arm].map { estimate(bootstrap.mean(of: $0).clamped(to: 0...1)) }
  }

  /// A table of all metrics where two arms are compared, else a table a metric.
  var tables: [SummaryTable] {
    guard scores.columns.count > 1, hasSeeds else { return [] }
    let rows = scores.panels.indices.map(rows(ofPanel:))
    if hasOneTable {
      return [
        SummaryTable(
          title: "\(scores.columns[1 - scores.baseline].name) against \(baselineName)",
          note: note(families.first?.count ?? 0),
          columns: ["metric"] + Self.columns,
          rows: zip(scores.panels, rows).flatMap { panel, rows in
            corrected(rows.filter { !$0.isBaseline }, family: families.first ?? []).map { [.text(panel.title)] + $0 }
          })
      ]
    }
    return zip(scores.panels, rows).enumerated().map { index, entry in
      let (panel, rows) = entry
      let family = families[index]
      return SummaryTable(
        title: panel.title, note: note(family.count), columns: ["arm"] + Self.columns,
        rows: zip(rows, corrected(rows, family: family)).map { [.text($0.name)] + $1 }, isFolded: !panel.isOverall)
    }
  }

  private static let columns = [
    "seeds", "mean", "difference", "P(improvement)", "better in draws", "p", "p, Holm",
  ]

  private func note(_ comparisons: Int) -> String {
    let others = scores.columns.indices.filter { $0 != scores.baseline }
    let paired = others.count { scores.arePaired($0, scores.baseline) }
    let pairing = "the same seeds, paired, with p of the two-sided sign-flip test over seeds on these tracks"
    let unpaired = "not paired since the seeds differ"
    let differences =
      paired == others.count
      ? pairing : paired == 0 ? unpaired : "\(pairing); of arms with other seeds \(unpaired), without a p"
    return "Means over tasks; 95 % bootstrap intervals over seeds and tracks (2000 draws), row by row. Differences from "
      + "\(baselineName), of the same means: \(differences). "
      + (comparisons > 0
        ? "Holm's correction is over the \(comparisons) p of this table. " : "")
      + "P(improvement): a run of the arm beats a run of \(baselineName) on a task drawn at random, its interval over seeds."
  }

  private struct Row {
    var name: String
    var isBaseline: Bool
    var p: Double?
    var cells: [SummaryTable.Cell]
  }

  private func rows(ofPanel panel: Int) -> [Row] {
    scores.panels[panel].tables.enumerated().compactMap { arm, table in
      guard let table, let mean = mean(panel: panel, arm: arm) else { return nil }
      let own = SummaryTable.Cell.estimate(mean)
      let comparison = comparisons[panel][arm]
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
        note: "Share of runs × tasks that score above; the band is a pointwise 95 % bootstrap interval over seeds.",
        abscissa: "score above, in hundredths",
        series: panel.tables.enumerated().compactMap { arm, table in
          guard let table else { return nil }
          let shares = bootstrap.performanceProfile(of: table, at: thresholds.map { Double($0) / 100 })
          return SummaryCurve.Series(
            name: scores.columns[arm].name,
            points: zip(thresholds, shares).map { .init(step: $0, value: $1.estimate, low: $1.lower, high: $1.upper) },
            style: scores.style(ofArm: scores.columns[arm].name))
        })
    }
  }

  private func estimate(_ interval: ConfidenceInterval) -> SummaryEstimate {
    SummaryEstimate(interval.estimate, low: interval.lower, high: interval.upper)
  }
}
