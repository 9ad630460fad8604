package import Questions
package import Rewards

/// A reward of one instant: what is left to say is what an error in seconds is worth.
///
/// With several references the nearest counts. Nothing answered, or an answer of another kind, scores the least.
package protocol InstantReward: TemporalReward, SpanCreditReward {
  /// In `range`; `distance` is |t̂ − t*| in seconds, at least 0, and may be infinite or not a number.
  func score(distance: Double) -> Double
}

extension InstantReward {
  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .instant else { return nil }
    guard let distance = Self.distance(reading, to: question) else { return range.lowerBound }
    return score(distance: distance)
  }

  /// Seconds to the nearest reference; `nil` where no instant was answered.
  static func distance(_ reading: Reading, to question: Question) -> Double? {
    guard case .instant(let answer)? = reading.answer else { return nil }
    var nearest = Double.infinity
    for case .instant(let reference) in question.references {
      nearest = min(nearest, abs(answer - reference))
    }
    return nearest
  }

  /// The minutes of a clock time earn the best score that any seconds after them could have earned, the seconds what the
  /// answer earned: right minutes are not blamed for wrong seconds.
  public func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    guard question.kind == .instant, case .instant(let time) = answer, let written = spans.parts.first?.times.first else {
      return []
    }
    let minute = 60 * (time / 60).rounded(.down)
    var nearest = Double.infinity
    var reachable = Double.infinity
    for case .instant(let reference) in question.references {
      nearest = min(nearest, abs(time - reference))
      reachable = min(reachable, max(0, minute - reference, reference - (minute + 60)))
    }
    let seconds = SpanCredit(bytes: written.seconds, score: score(distance: nearest))
    guard !written.minutes.isEmpty else { return [seconds] }
    return [SpanCredit(bytes: written.minutes, score: score(distance: min(nearest, reachable))), seconds]
  }
}
