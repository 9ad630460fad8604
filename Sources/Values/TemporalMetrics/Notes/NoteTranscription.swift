import RealModule
import Timelines

/// Precision and recall of transcribed notes, matched one to one, as many as can be.
///
/// Time distances are rounded to 0.1 ms (halves to even) before they are compared, so that a distance of exactly a tolerance is
/// within it. Both measures are 0 where either side has no note. Agrees with `mir_eval.transcription`.
///
/// Bay, Ehmann and Downie 2009, *Evaluation of Multiple-F0 Estimation and Tracking Systems*.
public struct NoteTranscription: Sendable, Hashable {
  /// Seconds that onsets may differ.
  public var onsetTolerance = 0.05
  /// Cents that pitches may differ.
  public var pitchTolerance = 50.0
  /// Share of the reference note's length that offsets may differ; `nil` leaves offsets out of `score`.
  public var offsetRatio: Double? = 0.2
  /// Seconds that offsets may differ at least.
  public var minimumOffsetTolerance = 0.05
  /// Whether a difference must be smaller than its tolerance instead of at most as large.
  public var isStrict = false

  public init() {}

  /// Which notes were found, and how well they overlap.
  public struct Score: Sendable, Hashable {
    public var precisionRecall: PrecisionRecall
    /// Mean over matched pairs of overlap over hull, 0…1 (below 0 for a pair that does not overlap); 0 without a pair.
    ///
    /// Depends on which of several maximum matchings is found.
    public var averageOverlapRatio: Double
  }

  /// Notes whose onset, pitch and, unless left out, offset agree.
  ///
  /// Throws where a note starts before 0, has no length or no pitch.
  public func score(reference: [Note], estimated: [Note]) throws(AnnotationError) -> Score {
    try Self.check(reference)
    try Self.check(estimated)
    let matching = BipartiteMatching(leftCount: reference.count, rightCount: estimated.count) {
      onsetsAgree(reference[$0], estimated[$1]) && pitchesAgree(reference[$0], estimated[$1])
        && (offsetRatio == nil || offsetsAgree(reference[$0], estimated[$1]))
    }
    let overlaps = matching.pairs.map { pair in
      let (a, b) = (reference[pair.left].interval, estimated[pair.right].interval)
      return (min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))
    }
    return Score(
      precisionRecall: PrecisionRecall(
        matches: matching.size, referenceCount: reference.count, estimatedCount: estimated.count),
      averageOverlapRatio: overlaps.isEmpty ? 0 : overlaps.reduce(0, +) / Double(overlaps.count))
  }

  /// Notes whose onset agrees.
  public func onsetScore(reference: [Note], estimated: [Note]) throws(AnnotationError) -> PrecisionRecall {
    try score(reference: reference, estimated: estimated, where: onsetsAgree)
  }

  /// Notes whose offset agrees, by a ratio of 0.2 where none is given.
  public func offsetScore(reference: [Note], estimated: [Note]) throws(AnnotationError) -> PrecisionRecall {
    try score(reference: reference, estimated: estimated, where: offsetsAgree)
  }

  private func score(
    reference: [Note], estimated: [Note], where agree: (Note, Note) -> Bool
  ) throws(AnnotationError) -> PrecisionRecall {
    try Self.check(reference)
    try Self.check(estimated)
    let matching = BipartiteMatching(leftCount: reference.count, rightCount: estimated.count) {
      agree(reference[$0], estimated[$1])
    }
    return PrecisionRecall(matches: matching.size, referenceCount: reference.count, estimatedCount: estimated.count)
  }

  private func onsetsAgree(_ reference: Note, _ estimate: Note) -> Bool {
    isWithin(Self.rounded(abs(reference.interval.start - estimate.interval.start)), onsetTolerance)
  }

  private func offsetsAgree(_ reference: Note, _ estimate: Note) -> Bool {
    let tolerance = max((offsetRatio ?? 0.2) * reference.interval.duration, minimumOffsetTolerance)
    return isWithin(Self.rounded(abs(reference.interval.end - estimate.interval.end)), tolerance)
  }

  private func pitchesAgree(_ reference: Note, _ estimate: Note) -> Bool {
    isWithin(abs(1200 * (Double.log2(reference.frequency) - Double.log2(estimate.frequency))), pitchTolerance)
  }

  private func isWithin(_ difference: Double, _ tolerance: Double) -> Bool {
    isStrict ? difference < tolerance : difference <= tolerance
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e4).rounded(.toNearestOrEven) / 1e4 }

  private static func check(_ notes: [Note]) throws(AnnotationError) {
    try Segmentation(intervals: notes.map(\.interval)).requirePositiveLengths()
    for (index, note) in notes.enumerated() where !(note.frequency > 0 && note.frequency.isFinite) {
      throw AnnotationError(
        .pitch, "note \(index) has a pitch of \(note.frequency) Hz; give a frequency above 0 or drop the note")
    }
  }
}
