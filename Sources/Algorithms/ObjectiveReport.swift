/// What an objective measured on a minibatch; reports of its microbatches add up.
public struct ObjectiveReport: Sendable, Hashable {
  /// Σ over terms of coefficient · loss.
  public var loss: Double = 0
  private var sums: [String: Double] = [:]
  private var counts: [String: Double] = [:]

  public init() {}

  /// Adds observations of a metric that is reported as its mean.
  public mutating func add(_ metric: String, sum: Double, count: Double) {
    sums[metric, default: 0] += sum
    counts[metric, default: 0] += count
  }

  public mutating func merge(_ other: ObjectiveReport) {
    loss += other.loss
    for (metric, sum) in other.sums { add(metric, sum: sum, count: other.counts[metric] ?? 0) }
  }

  /// Metric → mean over everything added; metrics without observations are left out.
  public var means: [String: Double] {
    sums.reduce(into: [:]) { means, entry in
      if let count = counts[entry.key], count > 0 { means[entry.key] = entry.value / count }
    }
  }
}
