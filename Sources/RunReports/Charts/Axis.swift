import Numbers

/// A linear axis: a range of numbers drawn onto a range of lengths, with ticks at round numbers.
struct Axis {
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double
  let ticks: [Double]
  /// Decimal places that tell the ticks apart.
  let places: Int

  /// Numbers beyond are not drawn, as infinite ones are not: their differences may be infinite.
  private static let largest = 1e300

  /// An axis that shows all of `numbers`, widened to round ones.
  init(showing numbers: some Sequence<Double>, from start: Double, to end: Double, tickCount: Int = 5) {
    let finite = numbers.filter { abs($0) < Self.largest }
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    if high - low < 1e-9 * max(1, abs(high)) {
      let margin = max(0.5, 1e-9 * abs(high))
      (low, high) = (low - margin, high + margin)
    }
    let step = Self.roundStep((high - low) / Double(tickCount))
    let first = (low / step).rounded(.down)
    let last = (high / step).rounded(.up)
    domain = first * step...last * step
    ticks = (0...Int(saturating: last - first)).map { (first + Double($0)) * step }
    places = Self.places(of: step)
    (self.start, self.end) = (start, end)
  }

  /// An axis of time from 0 to `duration` seconds, with ticks at round times.
  init(duration: Double, from start: Double, to end: Double, tickCount: Int = 8) {
    let length = duration.isFinite && duration > 0 ? duration : 1
    let rounds: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600]
    let step = rounds.first { length / $0 <= Double(tickCount) } ?? Self.roundStep(length / Double(tickCount))
    domain = 0...length
    ticks = length < 1 ? [0] : (0...Int(saturating: length / step)).map { Double($0) * step }
    places = 0
    (self.start, self.end) = (start, end)
  }

  /// Where a number is drawn; numbers outside the domain lie at its ends.
  func position(_ number: Double) -> Double {
    let share = (number - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + (end - start) * min(1, max(0, share))
  }

  /// The smallest of 1, 2, 5, times a power of ten, that is at least `least`.
  static func roundStep(_ least: Double) -> Double {
    var unit = 1.0
    while unit > least { unit /= 10 }
    while 10 * unit <= least { unit *= 10 }
    return [1, 2, 5].map { $0 * unit }.first { $0 >= least * (1 - 1e-9) } ?? 10 * unit
  }

  private static func places(of step: Double) -> Int {
    var places = 0
    var unit = step
    while unit < 1 - 1e-9, places < 9 {
      unit *= 10
      places += 1
    }
    return places
  }
}
