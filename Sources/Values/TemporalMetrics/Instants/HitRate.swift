/// Whether predicted times come within a tolerance of the reference.
public enum HitRate {
  /// |t̂ − t*| ≤ tolerance in double arithmetic, inclusive, all in seconds; a missing or non-finite prediction is a miss.
  ///
  /// Traps where the tolerance is negative.
  @inlinable
  public static func hit(_ predicted: Double?, reference: Double, within tolerance: Double) -> Bool {
    precondition(tolerance >= 0, "a tolerance is a length of time")
    guard let predicted else { return false }
    return abs(predicted - reference) <= tolerance
  }

  /// Share of hits, 0…1; `nil` where there is no question.
  ///
  /// Traps where the lists differ in length.
  public static func rate(_ predicted: [Double?], references: [Double], within tolerance: Double) -> Double? {
    precondition(predicted.count == references.count, "one prediction a reference, nil where it is missing")
    guard !references.isEmpty else { return nil }
    let hits = zip(predicted, references).reduce(0) { $0 + (hit($1.0, reference: $1.1, within: tolerance) ? 1 : 0) }
    return Double(hits) / Double(references.count)
  }
}
