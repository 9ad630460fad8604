/// The words that the page uses and a newcomer does not know.
struct TermSection: PageSection {
  let terms: [SummaryFact]
  let title = "Words on this page"
  var isEmpty: Bool { terms.isEmpty }

  var body: Markup {
    let entries = terms.map { term -> Markup in "<dt>\(term.name)</dt><dd>\(term.value)</dd>" }
    return "<dl class=\"terms\">\(Markup(entries))</dl>"
  }
}
