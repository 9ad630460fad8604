/// A run's or an ablation's report as one HTML page that needs nothing else: no network, no script, drawings inline.
package struct SummaryPage: Sendable {
  private let content: SummaryContent

  package init(_ content: SummaryContent) {
    self.content = content
  }

  /// The page; whatever the content holds is shown as text, and nothing in it becomes markup.
  package var html: String {
    let shown = sections.filter { !$0.isEmpty }
    let body: Markup = """
      \(header)
      \(shown.count > 2 ? navigation(shown) : "")
      \(list(content.warnings, title: "Warnings", style: "warnings"))
      \(list(content.cautions, title: "What this cannot show", style: "cautions"))
      \(Markup(shown.map(\.markup)))
      """
    return Markup.page(title: content.title, style: SummaryStyle.css, body: body).source
  }

  /// In the order of the page.
  private var sections: [any PageSection] {
    [
      ResultSection(content: content), ComparisonSection(content: content),
      CurveSection(title: "Accuracy against track length", curves: content.lengths),
      CurveSection(title: "Learning curves", curves: content.curves),
      CurveSection(
        title: "What the reward paid for", curves: content.attributions,
        explanation: "Share of the reward's variance within groups that each component accounts for: what the update follows."),
      AnswerSection(content: content), TermSection(terms: content.terms), OriginSection(content: content),
    ]
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

  private func navigation(_ sections: [any PageSection]) -> Markup {
    let links = sections.map { section -> Markup in "<a href=\"#\(section.anchor)\">\(section.title)</a>" }
    return "<nav aria-label=\"Sections\">\(Markup(links))</nav>"
  }

  private func list(_ lines: [String], title: String, style: Markup) -> Markup {
    guard !lines.isEmpty else { return "" }
    let items = lines.map { line -> Markup in "<li>\(line)</li>" }
    return "<section class=\"\(style)\"><h2>\(title)</h2><ul>\(Markup(items))</ul></section>"
  }
}
