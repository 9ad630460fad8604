import Rewards
package import Timelines

/// A reward of one interval against one: what is left to say is how two intervals of positive length compare.
///
/// It applies where a reference is one interval once its parts are merged. An answer of several intervals that do not merge into
/// one, or of none with a length, scores the least.
package protocol SpanReward: IntervalReward {
  /// In `range`.
  func compare(_ answer: Interval, with reference: Interval, duration: Double) -> Double
}

extension SpanReward {
  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    guard let reference = single(reference) else { return nil }
    guard let answer = single(answer) else { return range.lowerBound }
    let score = compare(answer, with: reference, duration: duration)
    // Only times beyond all music overflow.
    return score.isFinite ? min(range.upperBound, max(range.lowerBound, score)) : range.lowerBound
  }

  private func single(_ intervals: [Interval]) -> Interval? {
    if intervals.count == 1 { return intervals[0].duration > 0 ? intervals[0] : nil }
    let merged = IntervalSet(intervals).intervals
    return merged.count == 1 ? merged[0] : nil
  }
}
