/// A table of results that every format of a report can show.
package struct SummaryTable: Sendable, Hashable {
  package enum Cell: Sendable, Hashable {
    case text(String)
    case number(Double, places: Int)
    /// A count, such as of seeds.
    case count(Int)
    /// A share of 1, shown in percent.
    case share(Double)
    /// A number with its interval.
    case estimate(SummaryEstimate)
    /// A difference with its interval, which may lie on one side of 0.
    case gain(SummaryEstimate)
    /// A probability of a test, shown as `< 0.001` where it is tiny.
    case probability(Double)
    case nothing
  }

  package var title: String
  /// How the numbers were made.
  package var note: String
  /// The first column names the rows.
  package var columns: [String]
  package var rows: [[Cell]]
  /// Whether it is shown only where a reader asks for it.
  package var isFolded: Bool

  /// Traps where a row has another number of cells than there are columns.
  package init(title: String, note: String = "", columns: [String], rows: [[Cell]], isFolded: Bool = false) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row has a cell for each column")
    self.title = title
    self.note = note
    self.columns = columns
    self.rows = rows
    self.isFolded = isFolded
  }
}

extension SummaryTable.Cell {
  /// The cell as a person reads it.
  var shown: String {
    switch self {
    case .text(let text): text
    case .number(let number, let places): decimal(number, places: places)
    case .count(let count): "\(count)"
    case .share(let share): decimal(100 * share, places: 1) + " %"
    case .estimate(let value):
      "\(decimal(value.value, places: 3)) [\(decimal(value.low, places: 3)), \(decimal(value.high, places: 3))]"
    case .gain(let value):
      "\(signed(value.value, places: 3)) [\(signed(value.low, places: 3)), \(signed(value.high, places: 3))]\(mark)"
    case .probability(let p): p < 0.001 ? "< 0.001" : decimal(p, places: 3)
    case .nothing: "–"
    }
  }

  /// ▲ or ▼ where a gain's interval lies on one side of 0.
  var mark: String {
    guard case .gain(let gain) = self else { return "" }
    return gain.low > 0 ? " ▲" : gain.high < 0 ? " ▼" : ""
  }

  /// Value and interval in full, for a program.
  var numbers: (value: Double, low: Double?, high: Double?)? {
    switch self {
    case .text, .nothing: nil
    case .number(let value, _), .share(let value), .probability(let value): (value, nil, nil)
    case .count(let count): (Double(count), nil, nil)
    case .estimate(let estimate), .gain(let estimate): (estimate.value, estimate.low, estimate.high)
    }
  }

  var isNumber: Bool {
    switch self {
    case .text: false
    case .number, .count, .share, .estimate, .gain, .probability, .nothing: true
    }
  }
}
