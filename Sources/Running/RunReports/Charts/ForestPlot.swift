/// One metric of several arms with intervals and single seeds, as SVG.
///
/// The diamond is the estimate, the line its interval, rings are seeds; the broken line runs through the baseline.
struct ForestPlot {
  let forest: SummaryForest

  private static let width = 460.0
  private static let rowHeight = 27.0
  private let left = 132.0
  private let right = 316.0
  private let top = 6.0

  var markup: Markup {
    let numbers = forest.rows.flatMap { [$0.estimate.value, $0.estimate.low, $0.estimate.high] + $0.seeds }
    let axis = Axis(showing: numbers, from: left, to: right, tickCount: 4)
    let bottom = top + Self.rowHeight * Double(forest.rows.count)
    return """
      <svg viewBox="0 0 \(Self.width) \(bottom + 24)" role="img" aria-label="\(forest.title): estimates with intervals of each arm">
      <title>\(forest.title)</title>
      \(grid(axis, to: bottom))
      \(baseline(axis, to: bottom))
      \(Markup(forest.rows.enumerated().map { row($1, at: top + Self.rowHeight * (Double($0) + 0.5), axis) }))
      </svg>
      """
  }

  private func grid(_ axis: Axis, to bottom: Double) -> Markup {
    // Every second label where numbers are long, so that they do not touch.
    let stride = axis.ticks.count > 5 ? 2 : 1
    return Markup(
      axis.ticks.enumerated().map { index, tick -> Markup in
        let x = axis.position(tick)
        let label: Markup =
          index % stride == 0
          ? "<text class=\"tick\" x=\"\(x)\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(decimal(tick, places: axis.places))</text>"
          : ""
        return "<line class=\"grid\" x1=\"\(x)\" y1=\"\(top)\" x2=\"\(x)\" y2=\"\(bottom)\"/>\(label)"
      })
  }

  private func baseline(_ axis: Axis, to bottom: Double) -> Markup {
    guard let row = forest.rows.first(where: \.isBaseline), row.estimate.value.isFinite else { return "" }
    let x = axis.position(row.estimate.value)
    return "<line class=\"guide\" x1=\"\(x)\" y1=\"\(top)\" x2=\"\(x)\" y2=\"\(bottom)\"/>"
  }

  private func row(_ row: SummaryForest.Row, at y: Double, _ axis: Axis) -> Markup {
    let (low, middle, high) = (
      axis.position(row.estimate.low), axis.position(row.estimate.value), axis.position(row.estimate.high)
    )
    let style = Markup(stringLiteral: row.style?.name ?? (row.isBaseline ? "baseline" : "arm"))
    let limit = 17
    let name = row.name.count > limit ? row.name.prefix(limit - 1) + "…" : row.name
    let seeds = row.seeds.filter(\.isFinite).map { seed -> Markup in
      "<circle class=\"seed\" cx=\"\(axis.position(seed))\" cy=\"\(y)\" r=\"2.8\"/>"
    }
    let corners =
      "\(length(middle - 5)),\(length(y)) \(length(middle)),\(length(y - 5)) \(length(middle + 5)),\(length(y)) "
      + "\(length(middle)),\(length(y + 5))"
    let numbers = SummaryTable.Cell.estimate(row.estimate).shown
    return """
      <g class="\(style)"><title>\(row.name): \(numbers)</title>\
      <text class="lane" x="\(left - 10)" y="\(y + 4)" text-anchor="end">\(name)</text>\
      <line class="whisker" x1="\(low)" y1="\(y)" x2="\(high)" y2="\(y)"/>\
      <line class="whisker" x1="\(low)" y1="\(y - 3)" x2="\(low)" y2="\(y + 3)"/>\
      <line class="whisker" x1="\(high)" y1="\(y - 3)" x2="\(high)" y2="\(y + 3)"/>\
      \(Markup(seeds))<polygon class="estimate" points="\(corners)"/>\
      <text class="tick" x="\(right + 12)" y="\(y + 4)">\(numbers)</text></g>
      """
  }

  private func length(_ number: Double) -> String { decimal(number, places: 1) }
}
