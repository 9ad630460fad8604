import Questions
import Rewards

/// A reward of one instant: what is left to say is what an error in seconds is worth.
///
/// With several references the nearest counts. Nothing answered, or an answer of another kind, scores the least.
protocol InstantReward: TemporalReward {
  /// In `range`; `distance` is |t̂ − t*| in seconds, at least 0, and may be infinite or not a number.
  func score(distance: Double) -> Double
}

extension InstantReward {
  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
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
}
