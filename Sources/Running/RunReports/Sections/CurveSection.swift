/// Charts of numbers over steps.
struct CurveSection: PageSection {
  let title: String
  let curves: [SummaryCurve]
  /// How to read them.
  var explanation = ""
  var isEmpty: Bool { curves.isEmpty }

  var body: Markup {
    let figures = curves.map { curve -> Markup in
      let chart = CurveChart(curve: curve)
      return """
        <figure><figcaption>\(curve.title)<span class="legend">\(chart.legend)</span></figcaption>
        \(chart.markup)
        \(note(curve.note))</figure>
        """
    }
    return "\(note(explanation))<div class=\"figures\">\(Markup(figures))</div>"
  }
}
