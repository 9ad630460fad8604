import Numbers

/// Quantiles and their relatives of plain lists of numbers.
public enum Quantile {
  /// The value below which the share `probability` (0…1) of `sorted` lies, by linear interpolation between order statistics:
  /// position (n − 1)·p, definition 7 of Hyndman and Fan 1996, *Sample Quantiles in Statistical Packages*.
  ///
  /// `nil` where there is no value. Traps where the probability lies outside 0…1. `sorted` ascends.
  public static func value(of sorted: [Double], at probability: Double) -> Double? {
    precondition((0...1).contains(probability), "a probability lies in 0…1")
    guard let last = sorted.indices.last else { return nil }
    let position = Double(last) * probability
    let below = min(Int(saturating: position), last)
    let above = min(below + 1, last)
    let share = position - Double(below)
    let gap = sorted[above] - sorted[below]
    return share < 0.5 ? sorted[below] + gap * share : sorted[above] - gap * (1 - share)
  }

  /// The middle value, or the mean of the two middle values; `nil` where there is no value.
  public static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? 0.5 * (sorted[middle - 1] + sorted[middle]) : sorted[middle]
  }

  /// The mean of the middle half: ⌊n/4⌋ values are left out at each end, so one outlier in four does not move it.
  ///
  /// `nil` where there is no value. Agarwal et al. 2021, *Deep Reinforcement Learning at the Edge of the Statistical
  /// Precipice*, §4.3.
  public static func interquartileMean(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let trimmed = values.count / 4
    let kept = values.sorted()[trimmed..<(values.count - trimmed)]
    return kept.reduce(0, +) / Double(kept.count)
  }
}
