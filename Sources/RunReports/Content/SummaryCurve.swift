/// One chart of numbers over steps.
public struct SummaryCurve: Sendable, Hashable {
  /// A number after some steps; `low` and `high` bound a band, where there is one.
  public struct Point: Sendable, Hashable {
    public var step: Int
    public var value: Double
    public var low: Double?
    public var high: Double?

    public init(step: Int, value: Double, low: Double? = nil, high: Double? = nil) {
      self.step = step
      self.value = value
      self.low = low
      self.high = high
    }
  }

  public struct Series: Sendable, Hashable {
    public var name: String
    public var points: [Point]
    /// Drawn with broken lines, beside one that is not.
    public var isBroken: Bool
    /// Whether each point is marked, as suits few of them.
    public var hasMarkers: Bool
    /// The arm whose colour it has; `nil` for one by its place in the chart.
    public var style: SummaryExample.Style?

    public init(
      name: String, points: [Point], isBroken: Bool = false, hasMarkers: Bool = false, style: SummaryExample.Style? = nil
    ) {
      self.style = style
      self.name = name
      self.points = points
      self.isBroken = isBroken
      self.hasMarkers = hasMarkers
    }
  }

  public var title: String
  public var note: String
  /// What `step` counts.
  public var abscissa: String
  public var series: [Series]
  /// Whether the axis of `step` begins at 0.
  public var startsAtZero = true

  public init(title: String, note: String = "", abscissa: String = "steps", series: [Series]) {
    self.title = title
    self.note = note
    self.abscissa = abscissa
    self.series = series
  }
}
