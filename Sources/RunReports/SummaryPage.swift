import Questions

/// A run's summary as one HTML page that needs nothing else: no network, no script, drawings inline.
public struct SummaryPage: Sendable {
  private let content: SummaryContent

  public init(_ content: SummaryContent) {
    self.content = content
  }

  /// The page; whatever the content holds is shown as text, and nothing in it becomes markup.
  public var html: String {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(content.title)</title>
      <style>
      \(Markup(stringLiteral: SummaryStyle.css))
      </style>
      </head>
      <body>
      <main>
      \(header)
      \(warnings)
      \(comparisonTable)
      \(curves)
      \(examples)
      \(configuration)
      </main>
      </body>
      </html>

      """
    return page.source
  }

  private var header: Markup {
    let facts = content.facts.map { fact -> Markup in "<div><dt>\(fact.name)</dt><dd>\(fact.value)</dd></div>" }
    return """
      <header>
      <h1>\(content.title)</h1>
      \(content.headline.isEmpty ? "" : "<p class=\"headline\">\(content.headline)</p>" as Markup)
      \(facts.isEmpty ? "" : "<dl class=\"facts\">\(Markup(facts))</dl>" as Markup)
      </header>
      """
  }

  private var warnings: Markup {
    guard !content.warnings.isEmpty else { return "" }
    let items = content.warnings.map { warning -> Markup in "<li>\(warning)</li>" }
    return "<section class=\"warnings\"><h2>Warnings</h2><ul>\(Markup(items))</ul></section>"
  }

  private var comparisonTable: Markup {
    guard !content.comparisons.isEmpty else { return "" }
    let hasControl = content.comparisons.contains { $0.control != nil }
    let axis = IntervalPlot.axis(for: content.comparisons)
    let rows = content.comparisons.map { ComparisonRow(comparison: $0, hasControl: hasControl, axis: axis).markup }
    let control: Markup = hasControl ? "<th class=\"number control\">control</th>" : ""
    let overControl: Markup = hasControl ? "<th class=\"number\">gain over control</th>" : ""
    return """
      <section>
      <h2>Before and after</h2>
      <div class="scroll"><table>
      <thead><tr><th>metric</th><th>answers</th><th class="number before">before</th>\(control)\
      <th class="number after">after</th><th class="number">gain</th>\(overControl)<th>\(IntervalPlot.tickLabels(axis))</th></tr></thead>
      <tbody>
      \(Markup(rows))
      </tbody>
      </table></div>
      \(note(content.comparisonNote))
      </section>
      """
  }

  private var curves: Markup {
    guard !content.curves.isEmpty else { return "" }
    let figures = content.curves.map { curve -> Markup in
      let chart = CurveChart(curve: curve)
      return """
        <figure><figcaption>\(curve.title)<span class="legend">\(chart.legend)</span></figcaption>
        \(chart.markup)
        \(note(curve.note))</figure>
        """
    }
    return "<section><h2>Learning curves</h2><div class=\"figures\">\(Markup(figures))</div></section>"
  }

  private var examples: Markup {
    guard !content.examples.isEmpty else { return "" }
    let figures = content.examples.map { example -> Markup in
      let kind = [example.question.task, example.question.category].filter { !$0.isEmpty }.joined(separator: ", ")
      return """
        <figure class="example"><figcaption>\(example.question.text)
        <span class="legend">\(kind) · \(example.question.trackID)</span></figcaption>
        \(AnswerTimeline(example).markup)</figure>
        """
    }
    return """
      <section><h2>Answers over time</h2>
      <p class="note swatches"><span class="swatch reference"></span>reference <span class="swatch before"></span>before \
      <span class="swatch after"></span>after. The number at the right is the answer's score.</p>
      \(Markup(figures))</section>
      """
  }

  private var configuration: Markup {
    var parts: [Markup] = []
    if !content.command.isEmpty { parts.append("<h2>Command</h2><pre>\(content.command)</pre>") }
    if !content.configuration.isEmpty {
      parts.append(
        "<h2>Configuration</h2><details><summary>resolved.yaml</summary><pre>\(content.configuration)</pre></details>")
    }
    return parts.isEmpty ? "" : "<section>\(Markup(parts))</section>"
  }

  private func note(_ text: String) -> Markup {
    text.isEmpty ? "" : "<p class=\"note\">\(text)</p>"
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
      <td class="number \(verdict)"><b>\(signed(gain.value, places: 3))</b>\
      <small>\(signed(gain.low, places: 3)) … \(signed(gain.high, places: 3))</small></td>
      """
  }
}
