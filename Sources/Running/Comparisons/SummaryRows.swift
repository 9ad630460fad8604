import Experiments
import Foundation
import RunReports
import SeedStatistics

/// A comparison over tracks as the rows of a page.
struct SummaryRows {
  private let comparison: Comparison

  init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  var comparisons: [SummaryComparison] { comparison.table.rows.compactMap(row) }

  /// How the arm ends beside the other, or beside its start where there is none, in a sentence a task; of these runs alone.
  var headline: String {
    let rows = comparison.table.rows.filter { $0.decoding == .sampled && $0.isHeadline }
    let sentences = rows.compactMap(sentence)
    return sentences.isEmpty ? "" : "In \(isOneRun ? "this run" : "these runs") \(sentences.joined(separator: "; "))."
  }

  private var isOneRun: Bool { comparison.runs.count == 1 && comparison.control.isEmpty }

  private func sentence(_ row: PolicyComparison.Row) -> String? {
    guard let before = row.means[0], let after = row.means[1], let gain = row.differences.first ?? nil else { return nil }
    let (title, arms) = (row.title, comparison.arms)
    let change = "\(percent(before.estimate)) → \(percent(after.estimate))"
    let (other, lead) = beside(Comparison.controlColumn, row)
    guard let other, let lead else {
      let verdict = gain.lower > 0 ? "rose" : gain.upper < 0 ? "fell" : "did not move beyond chance"
      return "\(arms.subject)'s \(title), sampled, \(verdict): \(change)"
    }
    let verdict =
      lead.low > 0
      ? "ends above \(arms.other)"
      : lead.high < 0 ? "ends below \(arms.other)" : "does not differ beyond chance from \(arms.other)"
    return "\(arms.subject) \(verdict) in \(title), sampled: \(change), \(arms.other) \(percent(other.value)) "
      + "(difference \(lead.asGain)\(comparison.table.leastShared == nil ? "" : ", over the tracks that both answered"))"
  }

  /// Another column's mean, and the subject's lead over it.
  private func beside(_ name: String, _ row: PolicyComparison.Row) -> (mean: SummaryEstimate?, gain: SummaryEstimate?) {
    // Differences leave out the subject, which stands before.
    guard let column = comparison.table.columns.firstIndex(of: name) else { return (nil, nil) }
    return (row.means[column].map(estimate), row.differences[column - 1].map(estimate))
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

  private func row(_ row: PolicyComparison.Row) -> SummaryComparison? {
    guard let before = row.means[0], let after = row.means[1], let gain = row.differences.first ?? nil else { return nil }
    let (control, blind) = (beside(Comparison.controlColumn, row), beside(Comparison.blindColumn, row))
    return SummaryComparison(
      metric: row.title, decoding: row.decoding.rawValue, before: estimate(before),
      control: control.mean, after: estimate(after), gain: estimate(gain), gainOverControl: control.gain, blind: blind.mean,
      gainOverBlind: blind.gain)
  }

  private func estimate(_ interval: ConfidenceInterval) -> SummaryEstimate {
    SummaryEstimate(interval.estimate, low: interval.lower, high: interval.upper)
  }
}
