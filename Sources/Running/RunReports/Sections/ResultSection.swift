/// What came out: findings in words, a forest plot a metric, and the tables.
struct ResultSection: PageSection {
  let content: SummaryContent
  let title = "Results"
  var isEmpty: Bool { content.findings.isEmpty && content.forests.isEmpty && content.tables.isEmpty }

  var body: Markup {
    let findings = content.findings.map { finding -> Markup in "<li>\(finding)</li>" }
    let figures = content.forests.map { forest -> Markup in
      "<figure><figcaption>\(forest.title)</figcaption>\(ForestPlot(forest: forest).markup)</figure>"
    }
    let profiles = content.profiles.map { curve -> Markup in
      let chart = CurveChart(curve: curve)
      return """
        <figure><figcaption>\(curve.title)<span class="legend">\(chart.legend)</span></figcaption>
        \(chart.markup)\(note(curve.note))</figure>
        """
    }
    let key = content.forests.isEmpty ? "" : note(content.forestNote)
    return """
      \(findings.isEmpty ? "" : "<ul class=\"findings\">\(Markup(findings))</ul>" as Markup)
      <div class="figures">\(Markup(figures))</div>
      \(key)
      \(Markup(content.tables.map { TableMarkup(table: $0).markup }))
      <div class="figures">\(Markup(profiles))</div>
      """
  }
}
