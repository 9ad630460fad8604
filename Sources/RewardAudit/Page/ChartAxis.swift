import Numbers

/// A linear axis with ticks at round numbers.
struct ChartAxis {
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double
  let ticks: [Double]
  let places: Int

  /// An axis that shows all finite numbers, drawn from `start` to `end`.
  init(showing numbers: [Double], from start: Double, to end: Double, tickCount: Double = 5) {
    let finite = numbers.filter { $0.isFinite && abs($0) < 1e12 }
    var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    if high - low < 1e-9 { (low, high) = (low - 0.5, high + 0.5) }
    let step = Self.roundStep((high - low) / tickCount)
    let (first, last) = ((low / step).rounded(.down), (high / step).rounded(.up))
    domain = first * step...last * step
    ticks = (0...Int(saturating: last - first)).map { (first + Double($0)) * step }
    places = step >= 1 ? 0 : step >= 0.1 ? 1 : 2
    (self.start, self.end) = (start, end)
  }

  /// Where a number is drawn; what lies outside is drawn at the nearer end.
  func position(_ number: Double) -> Double {
    let share = (number - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + (end - start) * min(1, max(0, share.isFinite ? share : 0))
  }

  /// The least of 1, 2 and 5 times a power of ten that is at least `least`.
  private static func roundStep(_ least: Double) -> Double {
    var unit = 1.0
    while unit > least { unit /= 10 }
    while 10 * unit <= least { unit *= 10 }
    return [1, 2, 5, 10].map { $0 * unit }.first { $0 >= least * (1 - 1e-9) } ?? 10 * unit
  }
}

/// A length in a drawing, to a tenth.
func length(_ value: Double) -> String { decimal(value, places: 1) }
