/// An estimate with the interval that a bootstrap puts around it.
public struct ConfidenceInterval: Sendable, Hashable, Codable {
  /// The statistic of the data themselves, not the mean of the resamples.
  public var estimate: Double
  public var lower: Double
  public var upper: Double
  /// Share of intervals made this way that hold the true value, inside 0…1, such as 0.95.
  public var level: Double

  public init(estimate: Double, lower: Double, upper: Double, level: Double) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// The interval of the figure with the other sign.
  package var negated: ConfidenceInterval {
    ConfidenceInterval(estimate: -estimate, lower: -upper, upper: -lower, level: level)
  }

  /// The interval of a figure that cannot leave `range`.
  package func clamped(to range: ClosedRange<Double>) -> ConfidenceInterval {
    var interval = self
    interval.lower = min(estimate, max(range.lowerBound, lower))
    interval.upper = max(estimate, min(range.upperBound, upper))
    return interval
  }

  /// True where the interval holds `value`; for a difference, `contains(0)` means that it could be none.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
