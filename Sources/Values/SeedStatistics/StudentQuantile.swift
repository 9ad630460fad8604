import Foundation

/// Quantiles of Student's t with a whole number of degrees of freedom.
enum StudentQuantile {
  /// Above this many degrees of freedom the normal quantile stands for it: they differ by less than 0.3 % at 0.975.
  static let normalFrom = 1000

  /// P(|T| ≤ t), t ≥ 0, by the finite sums of Abramowitz and Stegun 1964, 26.7.3 (odd ν) and 26.7.4 (even ν).
  static func central(_ t: Double, freedom: Int) -> Double {
    guard freedom < normalFrom else { return erf(t / 2.0.squareRoot()) }
    let angle = atan(t / Double(freedom).squareRoot())
    let square = cos(angle) * cos(angle)
    var term = freedom.isMultiple(of: 2) ? 1 : cos(angle)
    var sum = freedom == 1 ? 0 : term
    var k = freedom.isMultiple(of: 2) ? 2 : 3
    while k <= freedom - 2 {
      term *= square * Double(k - 1) / Double(k)
      sum += term
      k += 2
    }
    return freedom.isMultiple(of: 2) ? sin(angle) * sum : 2 / Double.pi * (angle + sin(angle) * sum)
  }

  /// The t with P(|T| ≤ t) = `level`, inside 0…1, by bisection; at least one degree of freedom.
  static func twoSided(level: Double, freedom: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    while central(high, freedom: max(1, freedom)) < level, high < 1e9 { high *= 2 }
    for _ in 0..<80 {
      let middle = 0.5 * (low + high)
      if central(middle, freedom: max(1, freedom)) < level { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
