/// One metric of several arms with their intervals: a panel of a forest plot.
public struct SummaryForest: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var name: String
    public var estimate: SummaryEstimate
    /// The single seeds behind it.
    public var seeds: [Double]
    /// Whether the others are compared with it.
    public var isBaseline: Bool
    /// Its colour; `nil` for that of all arms.
    public var style: SummaryExample.Style?

    public init(
      name: String, estimate: SummaryEstimate, seeds: [Double] = [], isBaseline: Bool = false,
      style: SummaryExample.Style? = nil
    ) {
      self.style = style
      self.name = name
      self.estimate = estimate
      self.seeds = seeds
      self.isBaseline = isBaseline
    }
  }

  public var title: String
  public var rows: [Row]

  public init(title: String, rows: [Row]) {
    self.title = title
    self.rows = rows
  }
}
