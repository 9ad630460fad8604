/// One metric of several arms with their intervals: a panel of a forest plot.
package struct SummaryForest: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package var name: String
    package var estimate: SummaryEstimate
    /// The single seeds behind it.
    package var seeds: [Double]
    /// Whether the others are compared with it.
    package var isBaseline: Bool
    /// Its colour; `nil` for that of all arms.
    package var style: SummaryExample.Style?

    package init(
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

  package var title: String
  package var rows: [Row]

  package init(title: String, rows: [Row]) {
    self.title = title
    self.rows = rows
  }
}
