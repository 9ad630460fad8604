import Numbers

/// A linear axis: a range of numbers drawn onto a range of lengths, with ticks at round numbers.
package struct Axis {
  package let domain: ClosedRange<Double>
  package let start: Double
  package let end: Double
  package let ticks: [Double]
  /// Decimal places that tell the ticks apart.
  package let places: Int

  /// Numbers beyond this are not drawn: the arithmetic of ticks would overflow.
  private static let farthest = 1e300

  /// An axis that shows all of `numbers`, widened to round ones; where all are rates, of 0…1, it does not go past 0 and 1.
  package init(showing numbers: some Sequence<Double>, from start: Double, to end: Double, tickCount: Int = 5) {
    let shown = numbers.filter { $0.isFinite && abs($0) <= Self.farthest }
    var low = shown.min() ?? 0
    var high = shown.max() ?? 1
    let areRates = low >= 0 && high <= 1
    let size = max(1, max(abs(low), abs(high)))
    if high - low < 1e-9 * size { (low, high) = (low - 0.5 * size, high + 0.5 * size) }
    if areRates { (low, high) = (max(0, low), min(1, high)) }
    let step = Self.roundStep((high - low) / Double(tickCount))
    let first = (low / step).rounded(.down)
    // A step of at most 1 divides 1: without rounding, 1 / 0.2 may count six steps.
    let last = areRates ? min((high / step).rounded(.up), (1 / step).rounded()) : (high / step).rounded(.up)
    domain = first * step...last * step
    ticks = (0...Int(saturating: last - first)).map { (first + Double($0)) * step }
    places = Self.places(of: step)
    (self.start, self.end) = (start, end)
  }

  /// An axis of time from 0 to `duration` seconds, with ticks at round times.
  package init(duration: Double, from start: Double, to end: Double, tickCount: Int = 8) {
    let length = duration.isFinite && duration > 0 ? duration : 1
    let rounds: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600]
    let step = rounds.first { length / $0 <= Double(tickCount) } ?? Self.roundStep(length / Double(tickCount))
    domain = 0...length
    ticks = length < 1 ? [0] : (0...Int(saturating: length / step)).map { Double($0) * step }
    places = 0
    (self.start, self.end) = (start, end)
  }

  /// Where a number is drawn; numbers outside the domain lie at its ends.
  package func position(_ number: Double) -> Double {
    let share = (number - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + (end - start) * min(1, max(0, share))
  }

  /// The smallest of 1, 2, 5, times a power of ten, that is at least `least`; 1 where that is no positive number.
  static func roundStep(_ least: Double) -> Double {
    guard least.isFinite, least >= 1e-300 else { return 1 }
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
