public import Questions

/// What one stretch of a completion earned.
public struct SpanCredit: Sendable, Hashable {
  /// Offsets in the UTF-8 of the completion's text.
  public var bytes: Range<Int>
  public var score: Double

  public init(bytes: Range<Int>, score: Double) {
    self.bytes = bytes
    self.score = score
  }
}

/// A reward that also says which parts of an answer earned what: one credit an interval, or one a time.
///
/// With `credit: span` in an experiment file, tokens inside a span carry its credit in the place of the reward's score, and all
/// others the score. An algorithm that knows no credit finer than a completion ignores it and says so.
public protocol SpanCreditReward: Reward {
  /// Credits within `range`, of spans that do not overlap; none where no part can be told from another.
  ///
  /// Where one span is all of the answer, its credit is the score.
  func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit]
}

extension RewardSpec {
  /// What the answer would have earned in all if each span's credit were the score of the component that gave it; spans do not
  /// overlap and are in the order of the text.
  func spanCredits(
    _ reading: Reading, in response: Response, to question: Question, total: Double, scores: [Double?], blind: [Double?]
  ) -> [SpanCredit] {
    guard let answer = reading.answer, let spans = AnswerSpans(of: answer, in: response.text) else { return [] }
    var parts: [(bytes: Range<Int>, change: Double)] = []
    for index in components.indices where components[index].credit == .span {
      guard let score = scores[index], let reward = rewards[index] as? any SpanCreditReward,
        components[index].gate.isOpen(to: reading, of: question)
      else { continue }
      for credit in reward.credits(for: answer, at: spans, to: question) {
        let change = adjusted(credit.score, index, on: question, blind: blind.isEmpty ? nil : blind[index]) - score
        parts.append((credit.bytes, share(of: index, scores) * change))
      }
    }
    let edges = Set(parts.flatMap { [$0.bytes.lowerBound, $0.bytes.upperBound] }).sorted()
    return zip(edges, edges.dropFirst()).compactMap { start, end in
      let over = parts.filter { $0.bytes.lowerBound <= start && end <= $0.bytes.upperBound }
      return over.isEmpty ? nil : SpanCredit(bytes: start..<end, score: over.reduce(total) { $0 + $1.change })
    }
  }

  /// The factor of a component's score in the total.
  private func share(of index: Int, _ scores: [Double?]) -> Double {
    guard total == .mean else { return components[index].weight }
    let divisor = zip(components, scores).reduce(0) { $0 + ($1.1 == nil ? 0 : max(0, $1.0.weight)) }
    return components[index].weight / (divisor > 0 ? divisor : 1)
  }
}
