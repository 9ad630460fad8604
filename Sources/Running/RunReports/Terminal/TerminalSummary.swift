/// A run's summary for the terminal: what came out, the table of before and after, and answers over time.
package struct TerminalSummary: Sendable {
  private let content: SummaryContent
  private let columns: Int
  private let exampleCount: Int

  /// `columns` is the width of the terminal; up to `exampleCount` examples are drawn.
  package init(_ content: SummaryContent, columns: Int = 100, exampleCount: Int = 2) {
    self.content = content
    self.columns = columns
    self.exampleCount = exampleCount
  }

  package var text: String {
    var parts = [ComparisonTable(content.comparisons, other: content.arms.role).text]
    if !content.comparisonNote.isEmpty { parts[0] += content.comparisonNote + "\n" }
    parts += content.examples.prefix(exampleCount).map { TextTimeline($0, columns: columns).text }
    parts += content.warnings.map { "warning: \(printable($0))\n" }
    if !content.headline.isEmpty { parts.append(content.headline + "\n") }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
