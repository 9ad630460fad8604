import Questions
import Rewards
import Timelines

extension IntervalReward {
  /// What each answered interval earned: what the answer would score if all of it were as right as that interval.
  ///
  /// - Parameter credit: that score, in `range`, of the interval's own coverage and the whole answer's.
  func intervalCredits(
    for answer: Answer, at spans: AnswerSpans, to question: Question,
    _ credit: (_ interval: Coverage, _ whole: Coverage) -> Double
  ) -> [SpanCredit] {
    guard question.kind == .intervals, case .intervals(let intervals) = answer, intervals.count == spans.parts.count,
      let reference = references.deciding(
        of: question.references, { compare(intervals, with: $0, duration: question.duration) })
    else { return [] }
    let whole = Coverage(answer: intervals, reference: reference)
    return zip(intervals, spans.parts).map { interval, part in
      SpanCredit(bytes: part.bytes, score: credit(Coverage(answer: [interval], reference: reference), whole))
    }
  }
}
