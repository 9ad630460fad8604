package import Questions
package import Rewards
package import Timelines

/// A reward of intervals: what is left to say is how one answer compares with one reference.
///
/// An explicit "none" is the empty answer. What could not be read, or is of another kind, scores the least.
package protocol IntervalReward: TemporalReward {
  /// What several references of one question are to each other.
  var references: ReferenceRule { get }

  /// In `range`, or `nil` where the reward does not apply to this reference; both lists stand as they were written.
  func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double?
}

extension IntervalReward {
  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .intervals else { return nil }
    let answer: [Interval]
    switch (reading.outcome, reading.answer) {
    case (.answered, .intervals(let intervals)?): answer = intervals
    case (.empty, _): answer = []
    default:
      return references.score(against: question.references) { reference in
        compare([], with: reference, duration: question.duration).map { _ in range.lowerBound }
      }
    }
    // By far the most questions have one reference: no closure, which would copy the reward.
    if question.references.count == 1 {
      guard case .intervals(let reference) = question.references[0] else { return nil }
      return compare(answer, with: reference, duration: question.duration)
    }
    return references.score(against: question.references) { reference in
      compare(answer, with: reference, duration: question.duration)
    }
  }
}
