import RealModule

/// A Gaussian on a grid, cut off and normalised, with what closed forms of smoothed masks need.
///
/// Weights w(u) ∝ exp(−u²/2σ²), u = −R…R, Σw = 1, σ and R in bins: what `scipy.ndimage.gaussian_filter1d` convolves with, whose
/// radius is R = ⌊4σ + ½⌋.
struct GaussianKernel: Sendable {
  /// R in bins.
  let radius: Int
  /// Σ_{v ≤ u} w(v) at index u + R for u = −R…R; then, for x = 0…2R, ½·Σ_d |x − d|·A(d) with the autocorrelation
  /// A(d) = Σ_u w(u)·w(u + d).
  ///
  /// One array, because a reward is copied often and each array costs a reference count.
  private let tables: [Double]

  init(sigma: Double, radius: Int) {
    let positive = (0...radius).map { Double.exp(-0.5 * (Double($0) / sigma) * (Double($0) / sigma)) }
    let total = positive.reduce(0, +) * 2 - positive[0]
    let weights = (-radius...radius).map { positive[abs($0)] / total }
    var sum = 0.0
    let cumulative = weights.map { weight in
      sum += weight
      return sum
    }
    let autocorrelation = (0...2 * radius).map { lag in
      (0..<weights.count - lag).reduce(0) { $0 + weights[$1] * weights[$1 + lag] }
    }
    let potential = (0...2 * radius).map { x in
      (-2 * radius...2 * radius).reduce(0) { $0 + 0.5 * Double(abs(x - $1)) * autocorrelation[abs($1)] }
    }
    self.radius = radius
    tables = cumulative + potential
  }

  /// Σ_{v ≤ u} w(v).
  func distribution(_ u: Int) -> Double {
    if u < -radius { return 0 }
    return u >= radius ? 1 : tables[u + radius]
  }

  /// The even function whose second difference is the autocorrelation; |x|/2 beyond its reach.
  @inline(__always) func autocorrelationPotential(_ x: Int) -> Double {
    let magnitude = abs(x)
    return magnitude <= 2 * radius ? tables[2 * radius + 1 + magnitude] : 0.5 * Double(magnitude)
  }

  /// Σ_{i ∈ first} Σ_{j ∈ second} A(i − j): the inner product of two smoothed runs of bins on an unbounded grid.
  @inline(__always) func innerProduct(_ first: Range<Int>, _ second: Range<Int>) -> Double {
    let reach = 2 * radius
    if first.lowerBound - second.upperBound >= reach || second.lowerBound - first.upperBound >= reach { return 0 }
    return autocorrelationPotential(first.upperBound - second.lowerBound)
      - autocorrelationPotential(first.upperBound - second.upperBound)
      - autocorrelationPotential(first.lowerBound - second.lowerBound)
      + autocorrelationPotential(first.lowerBound - second.upperBound)
  }
}
