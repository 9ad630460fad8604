import RealModule
public import Rewards

/// How an error in seconds becomes a score from 1 at no error down to 0.
public enum ErrorShape: String, CaseIterable, FormulaForm {
  /// exp(−d/s)
  case laplace
  /// exp(−d²/2s²)
  case gaussian
  /// max(0, 1 − d/s)
  case linear
  /// 1 where d ≤ s, else 0; the test is inclusive in double arithmetic.
  case hit

  package var formula: String {
    switch self {
    case .laplace: "f(d) = exp(−d/s)"
    case .gaussian: "f(d) = exp(−d²/2s²)"
    case .linear: "f(d) = max(0, 1 − d/s)"
    case .hit: "f(d) = 1[d ≤ s]"
    }
  }

  /// The score of an error of `distance` seconds at width `scale` seconds; 0 where the distance is not a number.
  func score(distance: Double, scale: Double) -> Double {
    guard distance < .infinity else { return 0 }
    switch self {
    case .laplace: return .exp(-distance / scale)
    case .gaussian:
      let deviations = distance / scale
      return .exp(-0.5 * deviations * deviations)
    case .linear: return max(0, 1 - distance / scale)
    case .hit: return distance <= scale ? 1 : 0
    }
  }
}
