/// A statistic of the data with its values on all resamples: what intervals and plain words are made from.
public struct BootstrapDraws: Sendable, Hashable {
  /// The statistic of the data themselves.
  public let estimate: Double
  /// One value a resample, ascending.
  package let sorted: [Double]

  /// Traps where there is no resample.
  package init(estimate: Double, replicates: [Double]) {
    precondition(!replicates.isEmpty, "an interval needs a resample")
    self.estimate = estimate
    sorted = replicates.sorted()
  }

  /// From the (1 − level)/2 to the (1 + level)/2 quantile of the resamples.
  public func interval(level: Double) -> ConfidenceInterval {
    let tail = 0.5 * (1 - level)
    return ConfidenceInterval(
      estimate: estimate, lower: Quantile.value(of: sorted, at: tail) ?? estimate,
      upper: Quantile.value(of: sorted, at: 1 - tail) ?? estimate, level: level)
  }

  /// Share of the resamples whose value exceeds `value`, one that equals it counting half: 0…1.
  public func share(above value: Double) -> Double {
    let above = sorted.count - sorted.partitioningIndex { $0 > value }
    let notBelow = sorted.count - sorted.partitioningIndex { $0 >= value }
    return (Double(above) + 0.5 * Double(notBelow - above)) / Double(sorted.count)
  }
}
