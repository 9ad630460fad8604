/// Before, control and after with their intervals on one line, as SVG in a table's cell.
struct IntervalPlot {
  let comparison: SummaryComparison
  let axis: Axis

  static let width = 150.0
  static let height = 34.0

  /// One axis for all rows, so that they can be compared.
  static func axis(for comparisons: [SummaryComparison]) -> Axis {
    let estimates = comparisons.flatMap { [$0.before, $0.control, $0.after].compactMap { $0 } }
    return Axis(showing: estimates.flatMap { [$0.low, $0.value, $0.high] }, from: 12, to: width - 12, tickCount: 3)
  }

  /// The ticks' numbers, for the head of the column.
  static func tickLabels(_ axis: Axis) -> Markup {
    let labels = axis.ticks.map { tick -> Markup in
      """
      <text class="tick" x="\(axis.position(tick))" y="12" text-anchor="middle">\(decimal(tick, places: axis.places))</text>
      """
    }
    return "<svg class=\"intervals\" viewBox=\"0 0 \(width) 16\" aria-hidden=\"true\">\(Markup(labels))</svg>"
  }

  var markup: Markup {
    let estimates: [(style: String, estimate: SummaryEstimate)] =
      [("before", comparison.before)] + (comparison.control.map { [("control", $0)] } ?? []) + [("after", comparison.after)]
    let spacing = Self.height / Double(estimates.count + 1)
    var lines: Markup = ""
    for tick in axis.ticks {
      lines +=
        "<line class=\"grid\" x1=\"\(axis.position(tick))\" y1=\"0\" x2=\"\(axis.position(tick))\" y2=\"\(Self.height)\"/>"
    }
    for (index, (style, estimate)) in estimates.enumerated() {
      let y = spacing * Double(index + 1)
      lines += """
        <g class="\(style)"><line class="whisker" x1="\(axis.position(estimate.low))" y1="\(y)" \
        x2="\(axis.position(estimate.high))" y2="\(y)"/>\
        <circle class="mark \(style)" cx="\(axis.position(estimate.value))" cy="\(y)" r="3.4"/></g>
        """
    }
    return """
      <svg class="intervals" viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
      aria-label="\(comparison.metric) \(comparison.decoding): before and after with intervals">\(lines)</svg>
      """
  }
}
