/// Moments of pairs (x, y), from which Lin's concordance correlation coefficient follows.
///
///     CCC = 2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²)
///
/// 1 for identical series; 1 by definition where all x and y are one constant, 0 where x and y are different constants.
/// Lin 1989, *A concordance correlation coefficient to evaluate reproducibility*, Biometrics 45, eq. 2.3.
package struct ConcordanceStatistics: Sendable, Hashable {
  package private(set) var count = 0
  private var sumX = 0.0
  private var sumY = 0.0
  private var sumXX = 0.0
  private var sumYY = 0.0
  private var sumXY = 0.0

  package init() {}

  package mutating func add(_ x: Double, _ y: Double) {
    count += 1
    sumX += x
    sumY += y
    sumXX += x * x
    sumYY += y * y
    sumXY += x * y
  }

  package var coefficient: Double {
    let (covariance, spread) = parts
    return spread > 0 ? 2 * covariance / spread : 1
  }

  /// ∂CCC/∂x for one of the pairs that were added.
  package func slope(at x: Double, _ y: Double) -> Double {
    let (covariance, spread) = parts
    guard spread > 0 else { return 0 }
    let n = Double(count)
    let covarianceSlope = (y - sumY / n) / n
    let spreadSlope = 2 * (x - sumY / n) / n
    return 2 * (covarianceSlope * spread - covariance * spreadSlope) / (spread * spread)
  }

  /// The covariance, and the sum of the variances and the squared distance of the means.
  private var parts: (covariance: Double, spread: Double) {
    let n = Double(count)
    guard count > 0 else { return (0, 0) }
    let (meanX, meanY) = (sumX / n, sumY / n)
    let distance = meanX - meanY
    let variances = max(0, sumXX / n - meanX * meanX) + max(0, sumYY / n - meanY * meanY)
    return (sumXY / n - meanX * meanY, variances + distance * distance)
  }
}
