import Questions
import Rewards
import Timelines

/// A reward of interval sets that says what each answered interval earned: what is left to say is how one of them compares.
protocol IntervalCredit: IntervalReward, SpanCreditReward {
  /// What the answer would score if all of it were as right as `interval`, in `range`; `coverage` is the whole answer's.
  func credit(_ interval: Coverage, within coverage: Coverage) -> Double
}

extension IntervalCredit {
  func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    guard question.kind == .intervals, case .intervals(let intervals) = answer, intervals.count == spans.parts.count,
      let reference = references.deciding(
        of: question.references, { compare(intervals, with: $0, duration: question.duration) })
    else { return [] }
    let whole = Coverage(answer: intervals, reference: reference)
    return zip(intervals, spans.parts).map { interval, part in
      SpanCredit(bytes: part.bytes, score: credit(Coverage(answer: [interval], reference: reference), within: whole))
    }
  }
}
