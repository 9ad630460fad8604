/// A number that says how good an answer is, between 0 and 1 unless said otherwise; higher is better.
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
  /// Cosine of the CLAP embeddings of a text and of the sound it describes, −1…1; needs a pretrained model, so it is supplied from
  /// outside.
  case clap
}
