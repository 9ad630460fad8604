/// The share of the variance of targets that predictions explain: 1 − Var(target − prediction) / Var(target).
///
/// 1 is a perfect prediction, 0 is no better than the mean, below 0 is worse. Population variances, gathered in one pass and
/// merged as in Chan, Golub and LeVeque 1983, *Algorithms for Computing the Sample Variance*.
package struct ExplainedVariance: Sendable, Hashable {
  private struct Moments: Sendable, Hashable {
    var mean = 0.0
    var squares = 0.0

    mutating func merge(_ other: Moments, count: Double, otherCount: Double) {
      let total = count + otherCount
      let difference = other.mean - mean
      squares += other.squares + difference * difference * count * otherCount / total
      mean += difference * otherCount / total
    }
  }

  package private(set) var count = 0.0
  private var targets = Moments()
  private var residuals = Moments()

  package init() {}

  /// All of a column at once.
  package init(targets: [Double], predictions: [Double]) {
    precondition(targets.count == predictions.count, "one prediction a target")
    guard !targets.isEmpty else { return }
    count = Double(targets.count)
    self.targets = Self.moments(targets)
    residuals = Self.moments(zip(targets, predictions).map { $0 - $1 })
  }

  private static func moments(_ numbers: [Double]) -> Moments {
    let mean = ColumnSums.sum(numbers) / Double(numbers.count)
    return Moments(mean: mean, squares: ColumnSums.sum(numbers.map { ($0 - mean) * ($0 - mean) }))
  }

  package mutating func add(target: Double, prediction: Double) {
    targets.merge(Moments(mean: target), count: count, otherCount: 1)
    residuals.merge(Moments(mean: target - prediction), count: count, otherCount: 1)
    count += 1
  }

  package mutating func merge(_ other: ExplainedVariance) {
    guard other.count > 0 else { return }
    targets.merge(other.targets, count: count, otherCount: other.count)
    residuals.merge(other.residuals, count: count, otherCount: other.count)
    count += other.count
  }

  /// `nil` where the targets do not vary.
  package var share: Double? { targets.squares > 0 ? 1 - residuals.squares / targets.squares : nil }
}
