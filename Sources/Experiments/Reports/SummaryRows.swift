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

  /// What rose and what fell, in a sentence each.
  var headline: String {
    let rows = comparison.table.rows.filter { $0.decoding == .sampled && ["hit@3s", "iou"].contains($0.metric) }
    return rows.compactMap { row -> String? in
      guard let before = row.means[0], let after = row.means[1], let gain = row.differences.first ?? nil else { return nil }
      let verdict = gain.lower > 0 ? "rose" : gain.upper < 0 ? "fell" : "did not move beyond chance"
      return "\(Comparison.title(row)), sampled, \(verdict): \(percent(before.estimate)) → \(percent(after.estimate))"
    }.joined(separator: ". ")
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

  private func row(_ row: PolicyComparison.Row) -> SummaryComparison? {
    guard let before = row.means[0], let after = row.means[1], let gain = row.differences.first ?? nil else { return nil }
    func beside(_ name: String) -> (mean: SummaryEstimate?, gain: SummaryEstimate?) {
      // Differences leave out the subject, which stands before.
      guard let column = comparison.table.columns.firstIndex(of: name) else { return (nil, nil) }
      return (row.means[column].map(estimate), row.differences[column - 1].map(estimate))
    }
    let (control, blind) = (beside(Comparison.controlColumn), beside(Comparison.blindColumn))
    return SummaryComparison(
      metric: Comparison.title(row), decoding: row.decoding.rawValue, before: estimate(before),
      control: control.mean, after: estimate(after), gain: estimate(gain), gainOverControl: control.gain, blind: blind.mean,
      gainOverBlind: blind.gain)
  }

  private func estimate(_ interval: ConfidenceInterval) -> SummaryEstimate {
    SummaryEstimate(interval.estimate, low: interval.lower, high: interval.upper)
  }
}
