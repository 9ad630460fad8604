import Foundation
import Questions
import RunLogs
import RunReports
import TemporalMetrics

/// Gathers what a summary shows from the folders of the runs.
struct SummaryBuilder {
  private let comparison: Comparison
  private let events: [RunEvent]
  private let controlEvents: [RunEvent]

  init(_ comparison: Comparison) throws {
    self.comparison = comparison
    events = try comparison.runs.first.map { try JSONLinesSink.events(path: $0.logFile) } ?? []
    controlEvents = try comparison.control.first.map { try JSONLinesSink.events(path: $0.logFile) } ?? []
  }

  var content: SummaryContent {
    let directory = comparison.runs.first
    let configuration = directory.flatMap { FileManager.default.contents(atPath: $0.resolvedFile) }
    let manifest = directory.flatMap { FileManager.default.contents(atPath: $0.manifestFile) }
      .flatMap { try? JSONDecoder().decode(Manifest.self, from: $0) }
    return SummaryContent(
      title: directory.map { URL(fileURLWithPath: $0.path).lastPathComponent } ?? "", headline: headline,
      facts: facts(manifest),
      warnings: events.filter { $0.kind == .warning }.map(\.text), comparisons: comparison.table.rows.compactMap(row),
      comparisonNote: comparison.note, curves: SummaryCurve.curves(of: events), examples: examples,
      command: manifest?.command.joined(separator: " ") ?? "",
      configuration: configuration.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  private var headline: String {
    let rows = comparison.table.rows.filter { $0.decoding == .sampled && ["hit@3s", "iou"].contains($0.metric) }
    return rows.compactMap { row -> String? in
      guard let before = row.means[0], let after = row.means[1], let gain = row.differences.first ?? nil else { return nil }
      let verdict = gain.lower > 0 ? "rose" : gain.upper < 0 ? "fell" : "did not move beyond chance"
      return "\(Comparison.title(row)), sampled, \(verdict): \(percent(before.estimate)) → \(percent(after.estimate))"
    }.joined(separator: ". ")
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

  private func facts(_ manifest: Manifest?) -> [SummaryFact] {
    let steps = events.last { $0.kind == .step }?.totalSteps ?? 0
    let seconds = events.last { $0.kind == .step }?.scalars["time/elapsed"] ?? 0
    return [
      SummaryFact("steps", "\(steps)"), SummaryFact("training time", String(format: "%.0f s", seconds)),
      SummaryFact("held-out tracks", "\(comparison.table.trackCount)"), SummaryFact("seeds", "\(comparison.table.seedCount)"),
      SummaryFact("seed", manifest.map { "\($0.seed)" } ?? "–"), SummaryFact("Takt", manifest?.taktVersion ?? "–"),
      SummaryFact("commit", manifest?.commit ?? "–"), SummaryFact("BLAS", manifest?.blas ?? "–"),
    ]
  }

  private func row(_ row: PolicyComparison.Row) -> SummaryComparison? {
    guard let before = row.means[0], let after = row.means[1], let gain = row.differences.first ?? nil else { return nil }
    let control = row.means.count > 2 ? row.means[2] : nil
    let overControl = row.differences.count > 1 ? row.differences[1] : nil
    return SummaryComparison(
      metric: Comparison.title(row), decoding: row.decoding.rawValue, before: estimate(before),
      control: control.map(estimate), after: estimate(after), gain: estimate(gain), gainOverControl: overControl.map(estimate))
  }

  private func estimate(_ interval: ConfidenceInterval) -> SummaryEstimate {
    SummaryEstimate(interval.estimate, low: interval.lower, high: interval.upper)
  }

  /// The two questions of each task on which the score moved most, up and down, and one whose score did not move.
  private var examples: [SummaryExample] {
    let byQuestion = Dictionary(grouping: comparison.answers, by: \.question.id)
    let tasks = Set(comparison.answers.map(\.question.task)).sorted().reversed()
    return tasks.flatMap { task -> [SummaryExample] in
      let moved = byQuestion.values.filter { $0.first?.question.task == task }.map { answers in
        (answers: answers, change: mean(answers, .end) - mean(answers, .start))
      }.sorted { ($0.change, $0.answers[0].question.id) > ($1.change, $1.answers[0].question.id) }
      guard let best = moved.first, let worst = moved.last, moved.count > 2 else { return [] }
      return [best, moved[moved.count / 2], worst].map { example($0.answers) }
    }
  }

  private func mean(_ answers: [ScoredAnswer], _ phase: ScoredAnswer.Phase) -> Double {
    let scores = answers.filter { $0.phase == phase }.map(headlineScore)
    return scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
  }

  private func headlineScore(_ answer: ScoredAnswer) -> Double {
    answer.scores["hit@3s"] ?? answer.scores["iou"] ?? answer.scores["accuracy"] ?? answer.scores["meteor"] ?? 0
  }

  private func example(_ answers: [ScoredAnswer]) -> SummaryExample {
    func shown(_ phase: ScoredAnswer.Phase) -> [SummaryAnswer] {
      answers.filter { $0.phase == phase }.map { answer in
        SummaryAnswer(
          text: answer.text, reading: answer.reading, score: headlineScore(answer), isGreedy: answer.decoding == .greedy)
      }
    }
    return SummaryExample(question: answers[0].question, before: shown(.start), after: shown(.end))
  }
}
