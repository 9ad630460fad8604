/// Before and after with 95 % intervals, as a table of text.
///
///     metric      answers  before               after                gain
///     TSG Hit@3s  sampled  0.312 [0.282, 0.342] 0.541 [0.509, 0.573] +0.229 [+0.189, +0.269] ▲
///
/// ▲ and ▼ mark gains whose interval lies on one side of 0.
package struct ComparisonTable: Sendable {
  private let comparisons: [SummaryComparison]
  /// What the other arm is called.
  private let other: String

  package init(_ comparisons: [SummaryComparison], other: String = "control") {
    (self.comparisons, self.other) = (comparisons, other)
  }

  /// One line a row, the head first; empty where there is nothing to compare.
  package var text: String {
    guard !comparisons.isEmpty else { return "" }
    let hasControl = comparisons.contains { $0.control != nil }
    let hasBlind = comparisons.contains { $0.blind != nil }
    var rows = [["metric", "answers", "before"] + (hasControl ? [other] : []) + ["after", "gain"]]
    if hasControl { rows[0].append("gain over \(other)") }
    if hasBlind { rows[0] += ["best blind", "gain over best blind"] }
    for comparison in comparisons {
      var row = [comparison.metric, comparison.decoding, written(comparison.before)]
      if hasControl { row.append(written(comparison.control)) }
      row += [written(comparison.after), writtenGain(comparison.gain)]
      if hasControl { row.append(writtenGain(comparison.gainOverControl)) }
      if hasBlind { row += [written(comparison.blind), writtenGain(comparison.gainOverBlind)] }
      rows.append(row)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return trimmed(cells.joined(separator: "  ")) + "\n"
    }.joined()
  }

  private func written(_ estimate: SummaryEstimate?) -> String {
    guard let estimate else { return "" }
    return "\(decimal(estimate.value, places: 3)) [\(decimal(estimate.low, places: 3)), \(decimal(estimate.high, places: 3))]"
  }

  private func writtenGain(_ gain: SummaryEstimate?) -> String {
    guard let gain else { return "" }
    let mark = gain.low > 0 ? " ▲" : gain.high < 0 ? " ▼" : ""
    return "\(signed(gain.value, places: 3)) [\(signed(gain.low, places: 3)), \(signed(gain.high, places: 3))]\(mark)"
  }
}
