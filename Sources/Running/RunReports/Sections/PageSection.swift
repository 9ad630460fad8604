/// A part of the page with a heading; left out where it has nothing to show.
protocol PageSection {
  var title: String { get }
  var isEmpty: Bool { get }
  /// What stands under the heading.
  var body: Markup { get }
}

extension PageSection {
  /// The fragment that links within the page lead to.
  var anchor: String { String(title.lowercased().map { $0.isLetter ? $0 : "-" }) }

  var markup: Markup {
    isEmpty ? "" : "<section id=\"\(anchor)\"><h2>\(title)</h2>\n\(body)\n</section>"
  }

  func note(_ text: String) -> Markup {
    text.isEmpty ? "" : "<p class=\"note\">\(text)</p>"
  }
}
