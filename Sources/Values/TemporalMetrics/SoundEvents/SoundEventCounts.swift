/// Counts of right and wrong detections, and the measures that follow from them.
///
/// Counts of several files add up.
///
/// Mesaros, Heittola and Virtanen 2016, *Metrics for Polyphonic Sound Event Detection*; agrees with `sed_eval`.
public struct SoundEventCounts: Sendable, Hashable {
  public var truePositives = 0
  public var trueNegatives = 0
  public var falsePositives = 0
  public var falseNegatives = 0
  public var references = 0
  public var estimates = 0
  public var substitutions = 0
  public var deletions = 0
  public var insertions = 0

  /// What `sed_eval` adds to divisors: the distance from 1 to the next double.
  private static let spacing = Double.ulpOfOne

  public init() {}

  /// Right detections over all detections; `nil` without a detection (`sed_eval` scores it NaN, or 0 where so asked).
  public var precision: Double? { estimates > 0 ? Double(truePositives) / Double(estimates) : nil }

  /// Right detections over all references; `nil` without a reference.
  public var recall: Double? { references > 0 ? Double(truePositives) / Double(references) : nil }

  /// Harmonic mean of precision and recall; 0 where both are 0, `nil` where either is.
  public var fMeasure: Double? {
    guard let precision, let recall else { return nil }
    return PrecisionRecall(precision: precision, recall: recall).fMeasure()
  }

  /// Errors over references: (S + D + I) / (N + 2⁻⁵²), ≥ 0, without an upper bound; about 4.5·10¹⁵ an error where there is no
  /// reference.
  public var errorRate: Double {
    [substitutions, deletions, insertions].reduce(0) { $0 + Double($1) / (Double(references) + Self.spacing) }
  }

  /// Share of right decisions, 0…1, where absences count too.
  public var accuracy: Double {
    let right = Double(truePositives + trueNegatives)
    return right / (right + Double(falseNegatives) + Double(falsePositives) + Self.spacing)
  }

  public static func + (first: SoundEventCounts, second: SoundEventCounts) -> SoundEventCounts {
    var sum = first
    sum.truePositives += second.truePositives
    sum.trueNegatives += second.trueNegatives
    sum.falsePositives += second.falsePositives
    sum.falseNegatives += second.falseNegatives
    sum.references += second.references
    sum.estimates += second.estimates
    sum.substitutions += second.substitutions
    sum.deletions += second.deletions
    sum.insertions += second.insertions
    return sum
  }
}
