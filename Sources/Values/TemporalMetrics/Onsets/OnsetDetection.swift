/// Precision and recall of onsets, each of which may be off by a window.
///
/// Estimates and references are matched one to one, as many as can be (`EventMatching`). Without a reference or without an
/// estimate both are 0, also where neither exists; identical lists score 1. MIREX uses a window of 0.05 s.
///
/// Böck, Krebs and Schedl 2012, *Evaluating the Online Capabilities of Onset Detection Methods*; agrees with `mir_eval.onset`.
public enum OnsetDetection {
  /// The window in seconds, ≥ 0.
  public static func score(
    reference: EventTimes, estimated: EventTimes, window: Double = 0.05
  ) -> PrecisionRecall {
    PrecisionRecall(
      matches: EventMatching.size(reference: reference, estimated: estimated, window: window),
      referenceCount: reference.count, estimatedCount: estimated.count)
  }
}
