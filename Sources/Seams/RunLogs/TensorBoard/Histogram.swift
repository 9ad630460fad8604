import Numbers

/// How many values lie in each of a number of bins of equal width.
struct Histogram: Hashable {
  let minimum: Double
  let maximum: Double
  let count: Int
  let sum: Double
  let sumOfSquares: Double
  /// Right edge of each bin.
  let limits: [Double]
  /// Values of each bin: left edge ≤ value < right edge, the greatest value in the last bin.
  let counts: [Double]

  /// Values that are not finite are left out, and `nil` is what is left where none is.
  ///
  /// Equal values share one bin.
  init?(_ values: [Double], bins: Int) {
    let values = values.filter(\.isFinite)
    guard let minimum = values.min(), let maximum = values.max() else { return nil }
    self.minimum = minimum
    self.maximum = maximum
    count = values.count
    sum = values.reduce(0, +)
    sumOfSquares = values.reduce(0) { $0 + $1 * $1 }
    let width = (maximum - minimum) / Double(bins)
    guard width > 0, width.isFinite else {
      limits = [maximum]
      counts = [Double(values.count)]
      return
    }
    limits = (1...bins).map { $0 == bins ? maximum : minimum + width * Double($0) }
    var counts = [Double](repeating: 0, count: bins)
    for value in values { counts[min(bins - 1, Int(saturating: (value - minimum) / width))] += 1 }
    self.counts = counts
  }
}
