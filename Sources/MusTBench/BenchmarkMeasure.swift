/// A number between 0 and 1 that says how good an answer is; higher is better.
public enum BenchmarkMeasure: String, Sendable, Hashable, Codable, CaseIterable {
  /// 1 where a time lies within a second of the reference.
  case hitWithin1Second = "hit@1s"
  /// 1 where a time lies within three seconds of the reference: MusTBench's measure of TSG.
  case hitWithin3Seconds = "hit@3s"
  /// 1 where the option, or the whole order, is the right one.
  case accuracy
  /// Intersection over union of the unions of intervals.
  case iou
  /// Harmonic mean of precision and recall of the unions of intervals.
  case f1
  /// METEOR 1.5 of a text with the exact and the stem module.
  case meteor
}
