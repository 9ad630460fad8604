/// Before and after with intervals over tracks, beside a control where there is one.
struct ComparisonSection: PageSection {
  let content: SummaryContent
  let title = "Before and after"
  var isEmpty: Bool { content.comparisons.isEmpty }

  var body: Markup {
    let hasControl = content.comparisons.contains { $0.control != nil }
    let axis = IntervalPlot.axis(for: content.comparisons)
    let rows = content.comparisons.map { ComparisonRow(comparison: $0, hasControl: hasControl, axis: axis).markup }
    let arms = content.arms
    let control: Markup = hasControl ? "<th class=\"number control\">\(head(arms.other, arms.role))</th>" : ""
    let overControl: Markup =
      hasControl ? "<th class=\"number\">\(head("", "gain over \(arms.other.isEmpty ? arms.role : arms.other)"))</th>" : ""
    return """
      <div class="scroll"><table>
      <thead><tr><th>metric</th><th>answers</th><th class="number before">before</th>\(control)\
      <th class="number after">\(head(arms.subject, SummaryArms.after))</th><th class="number">gain over before</th>\(overControl)<th>\(IntervalPlot.tickLabels(axis))</th></tr></thead>
      <tbody>
      \(Markup(rows))
      </tbody>
      </table></div>
      \(note(content.comparisonNote))
      """
  }

  /// A name with its role beneath, or the role alone.
  private func head(_ name: String, _ role: String) -> Markup {
    name.isEmpty ? "\(role)" : "\(name)<small>\(role)</small>"
  }
}

/// One row of the table of before and after.
private struct ComparisonRow {
  let comparison: SummaryComparison
  let hasControl: Bool
  let axis: Axis

  var markup: Markup {
    let control: Markup = hasControl ? cell(comparison.control, style: "control") : ""
    let overControl: Markup = hasControl ? gainCell(comparison.gainOverControl) : ""
    return """
      <tr><th scope="row">\(comparison.metric)</th><td>\(comparison.decoding)</td>\(cell(comparison.before, style: "before"))\
      \(control)\(cell(comparison.after, style: "after"))\(gainCell(comparison.gain))\(overControl)\
      <td>\(IntervalPlot(comparison: comparison, axis: axis).markup)</td></tr>
      """
  }

  private func cell(_ estimate: SummaryEstimate?, style: String) -> Markup {
    guard let estimate else { return "<td></td>" }
    return """
      <td class="number"><b>\(decimal(estimate.value, places: 3))</b>\
      <small>\(decimal(estimate.low, places: 3)) … \(decimal(estimate.high, places: 3))</small></td>
      """
  }

  /// Marked where the interval lies on one side of 0.
  private func gainCell(_ gain: SummaryEstimate?) -> Markup {
    guard let gain else { return "<td></td>" }
    let verdict = gain.low > 0 ? "up" : gain.high < 0 ? "down" : "open"
    return """
      <td class="number \(verdict)"><b>\(signed(gain.value, places: 3))\(SummaryTable.Cell.gain(gain).mark)</b>\
      <small>\(signed(gain.low, places: 3)) … \(signed(gain.high, places: 3))</small></td>
      """
  }
}
