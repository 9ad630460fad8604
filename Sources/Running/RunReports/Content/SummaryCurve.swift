/// One chart of numbers over steps.
package struct SummaryCurve: Sendable, Hashable {
  /// A number after some steps; `low` and `high` bound a band, where there is one.
  package struct Point: Sendable, Hashable {
    package var step: Int
    package var value: Double
    package var low: Double?
    package var high: Double?

    package init(step: Int, value: Double, low: Double? = nil, high: Double? = nil) {
      self.step = step
      self.value = value
      self.low = low
      self.high = high
    }
  }

  package struct Series: Sendable, Hashable {
    package var name: String
    package var points: [Point]
    /// Drawn with broken lines, beside one that is not.
    package var isBroken: Bool
    /// Whether each point is marked, as suits few of them.
    package var hasMarkers: Bool
    /// The arm whose colour it has; `nil` for one by its place in the chart.
    package var style: SummaryExample.Style?

    package init(
      name: String, points: [Point], isBroken: Bool = false, hasMarkers: Bool = false, style: SummaryExample.Style? = nil
    ) {
      self.style = style
      self.name = name
      self.points = points
      self.isBroken = isBroken
      self.hasMarkers = hasMarkers
    }
  }

  package var title: String
  package var note: String
  /// What `step` counts.
  package var abscissa: String
  package var series: [Series]
  /// Whether the axis of `step` begins at 0.
  package var startsAtZero = true

  package init(title: String, note: String = "", abscissa: String = "steps", series: [Series]) {
    self.title = title
    self.note = note
    self.abscissa = abscissa
    self.series = series
  }
}
