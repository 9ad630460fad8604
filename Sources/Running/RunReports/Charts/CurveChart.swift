/// A chart of curves over steps as SVG.
struct CurveChart {
  let curve: SummaryCurve

  private static let width = 460.0
  private static let height = 240.0
  private let top = 10.0
  private let bottom = 206.0
  private let left = 48.0
  private let right = 448.0

  var markup: Markup {
    let points = curve.series.flatMap(\.points)
    guard points.contains(where: \.value.isFinite) else { return "<p class=\"empty\">No step has logged this.</p>" }
    let x = Axis(showing: (curve.startsAtZero ? [0] : []) + points.map { Double($0.step) }, from: left, to: right)
    let y = Axis(showing: points.flatMap { [$0.value, $0.low ?? $0.value, $0.high ?? $0.value] }, from: bottom, to: top)
    return """
      <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(curve.title)"><title>\(curve.title)</title>
      \(grid(x, y))
      \(Markup(curve.series.enumerated().map { drawn($1, style: style($1, at: $0), x, y) }))
      </svg>
      """
  }

  /// What the lines mean, where there are several or one is that of an arm.
  var legend: Markup {
    guard curve.series.count > 1 || curve.series.contains(where: { $0.style != nil }) else { return "" }
    return Markup(
      curve.series.enumerated().map { index, series in
        """
        <span class="key"><svg viewBox="0 0 28 10" aria-hidden="true"><line x1="1" y1="5" x2="27" y2="5" class="line \(style(series, at: index))\
        \(Markup(stringLiteral: series.isBroken ? " broken" : ""))"/></svg>\(series.name)</span>
        """
      })
  }

  private func grid(_ x: Axis, _ y: Axis) -> Markup {
    let rows = y.ticks.map { tick -> Markup in
      """
      <line class="grid" x1="\(left)" y1="\(y.position(tick))" x2="\(right)" y2="\(y.position(tick))"/>\
      <text class="tick" x="\(left - 6)" y="\(y.position(tick) + 3.5)" text-anchor="end">\(decimal(tick, places: y.places))</text>
      """
    }
    let columns = x.ticks.map { tick -> Markup in
      """
      <text class="tick" x="\(x.position(tick))" y="\(bottom + 16)" text-anchor="middle">\(decimal(tick, places: x.places))</text>
      """
    }
    let label: Markup = """
      <text class="tick" x="\(0.5 * (left + right))" y="\(bottom + 31)" text-anchor="middle">\(curve.abscissa)</text>
      """
    return Markup(rows + columns + [label])
  }

  private func style(_ series: SummaryCurve.Series, at index: Int) -> Markup {
    Markup(stringLiteral: (series.style ?? .arm(index)).name)
  }

  private func drawn(_ series: SummaryCurve.Series, style: Markup, _ x: Axis, _ y: Axis) -> Markup {
    let points = series.points.filter(\.value.isFinite)
    let line = points.map { "\(length(x.position(Double($0.step)))),\(length(y.position($0.value)))" }.joined(separator: " ")
    let banded = points.filter { ($0.low ?? .nan).isFinite && ($0.high ?? .nan).isFinite }
    let outline = banded.map { ($0.step, $0.high ?? 0) } + banded.reversed().map { ($0.step, $0.low ?? 0) }
    let band = outline.map { "\(length(x.position(Double($0.0)))),\(length(y.position($0.1)))" }.joined(separator: " ")
    var markup: Markup = ""
    if banded.count > 1 { markup += "<polygon class=\"band \(style)\" points=\"\(band)\"/>" }
    let broken: Markup = series.isBroken ? " broken" : ""
    markup += "<polyline class=\"line \(style)\(broken)\" points=\"\(line)\"/>"
    guard series.hasMarkers || points.count == 1 else { return markup }
    for point in points {
      markup += """
        <circle class="dot \(style)" cx="\(x.position(Double(point.step)))" cy="\(y.position(point.value))" r="2.6">\
        <title>\(series.name): \(decimal(point.value, places: 3)) at \(point.step) \(curve.abscissa)</title></circle>
        """
    }
    return markup
  }

  private func length(_ number: Double) -> String { decimal(number, places: 1) }
}
