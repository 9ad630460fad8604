/// How many estimates are right, and how much of the reference they find.
public struct PrecisionRecall: Sendable, Hashable {
  /// Right estimates over all estimates, 0…1.
  public var precision: Double
  /// Found references over all references, 0…1.
  public var recall: Double

  @inlinable
  public init(precision: Double, recall: Double) {
    self.precision = precision
    self.recall = recall
  }

  /// From the number of one-to-one matches; both are 0 where either side is empty, also where both are.
  @inlinable
  public init(matches: Int, referenceCount: Int, estimatedCount: Int) {
    let isMeasurable = referenceCount > 0 && estimatedCount > 0
    precision = isMeasurable ? Double(matches) / Double(estimatedCount) : 0
    recall = isMeasurable ? Double(matches) / Double(referenceCount) : 0
  }

  /// F = (1 + β²)·P·R / (β²·P + R), 0 where P = R = 0; β > 1 weighs recall more.
  ///
  /// NaN where P or R is.
  ///
  /// van Rijsbergen 1979, *Information Retrieval*, ch. 7.
  @inlinable
  public func fMeasure(beta: Double = 1) -> Double {
    guard precision != 0 || recall != 0 else { return 0 }
    return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall)
  }
}
