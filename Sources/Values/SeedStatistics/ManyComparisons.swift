/// Probabilities of several tests, adjusted for there being several.
public enum ManyComparisons {
  /// Holm's step-down adjustment: rejecting where the result is below α errs anywhere with probability at most α.
  ///
  /// With p sorted ascending, p̃ᵢ = max over j ≤ i of min(1, (m − j + 1)·pⱼ); in the order of the arguments. Nothing is assumed of
  /// how the tests depend on each other. Holm 1979, *A Simple Sequentially Rejective Multiple Test Procedure*.
  public static func holm(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var adjusted = p
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(p.count - rank) * p[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// Benjamini and Hochberg's step-up adjustment: of the results below q, a share of at most q is expected to be false.
  ///
  /// With p sorted ascending, p̃ᵢ = min over j ≥ i of min(1, m·pⱼ/j); in the order of the arguments. Independent or positively
  /// dependent tests. Benjamini and Hochberg 1995, *Controlling the False Discovery Rate*.
  public static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var adjusted = p
    var smallest = 1.0
    for (rank, index) in order.enumerated().reversed() {
      smallest = min(smallest, Double(p.count) / Double(rank + 1) * p[index])
      adjusted[index] = smallest
    }
    return adjusted
  }
}
