public import Options
package import Questions

/// Subtracts from a reward what the best blind answer to the same question earns.
///
/// With the reward's range l…u and b = min(`most`, the best score of `BlindAnswers`), r′ = (r − b)/(u − b) for r ≥ b: the right
/// answer keeps 1, the best blind answer earns 0, and a question on which guessing pays teaches no guessing. Of choices and
/// orders b is the mean score over all of them, which a blind answer earns on average, or more where the usual option or order of
/// the questions that it was fitted to earns more; of texts it is the least score.
///
/// - Answers worse than blind ones: r′ = `below`·(r − b)/(b − l), in −below…0. The formula above would grow without bound there as
///   b nears u, and a few easy questions would outweigh all others. The order of answers to one question stays.
/// - `most` bounds b where a blind answer is right by luck, so that the right answer still stands out. At 1 nothing is bounded:
///   where a blind answer is entirely right, the right answer earns 0 and every other less.
public struct RewardBaseline: Sendable, Hashable {
  package var blind: BlindAnswers
  /// The most that is subtracted; at most the upper end of the reward's range.
  package var most: Double
  /// How far below 0 the worst answer lies, at least 0.
  package var below: Double

  public init(_ blind: BlindAnswers = BlindAnswers(), most: Double = 0.9, below: Double = 0.2) {
    self.blind = blind
    self.most = most
    self.below = below
  }

  public init(options: inout OptionReader) {
    let usual = Self()
    self.init(
      BlindAnswers(options: &options),
      most: options.number(
        "most", default: usual.most, in: 0...1, help: "the most that is subtracted, where a blind answer is right by luck"),
      below: options.number("below", default: usual.below, in: 0.001...10, help: "how far below 0 the worst answer lies"))
  }

  /// r′ of a score of `reward` on this question.
  package func subtracted(from score: Double, of reward: any TemporalReward, on question: Question) -> Double {
    subtracted(from: score, blindScore: blindScore(of: reward, on: question), range: reward.range)
  }

  /// r′ of a score of a reward of this range, of which the best blind answer earns `blindScore`.
  func subtracted(from score: Double, blindScore: Double, range: ClosedRange<Double>) -> Double {
    let best = min(most, blindScore)
    if score < best { return below * (score - best) / (best - range.lowerBound) }
    return range.upperBound > best ? (score - best) / (range.upperBound - best) : 0
  }

  /// Where r′ lies.
  package var range: ClosedRange<Double> { -below...1 }

  /// What an answer earns at best, or on average of choices and orders, that was given without hearing the track.
  package func blindScore(of reward: any TemporalReward, on question: Question) -> Double {
    let least = reward.range.lowerBound
    let response = Response(text: "", tokenCount: 0, isTruncated: false)
    return blindScore(on: question, least: least) { answer in
      reward.score(Reading(outcome: .answered, answer: answer, isStrict: true), in: response, to: question) ?? least
    }
  }

  /// The same where `score` says what an answer earns and `least` is the least of all.
  func blindScore(on question: Question, least: Double, _ score: (Answer) -> Double) -> Double {
    let usual = blind.answers(to: question)
    switch question.kind {
    case .instant, .intervals: return usual.reduce(least) { max($0, score($1)) }
    case .choice, .order:
      // What all answers earn on average, or the usual one where that is more.
      let all = Self.allAnswers(to: question)
      return usual.reduce(all.reduce(0) { $0 + score($1) } / Double(all.count)) { max($0, score($1)) }
    case .text: return least
    }
  }

  /// Every answer whose score ``blindScore(on:least:_:)`` may ask for.
  func asked(on question: Question) -> [Answer] { Self.allAnswers(to: question) + blind.answers(to: question) }

  /// Of choices and orders all that could be answered, of other kinds none.
  private static func allAnswers(to question: Question) -> [Answer] {
    switch question.kind {
    case .choice: (0..<optionCount(of: question)).map { .choice($0) }
    case .order: orders(of: question.items.count).map { .order($0) }
    case .instant, .intervals, .text: []
    }
  }

  /// Options without texts are the orders of the items.
  private static func optionCount(of question: Question) -> Int {
    question.choices.isEmpty ? max(1, orders(of: question.items.count).count) : question.choices.count
  }

  /// All orders of up to five items; of more, the order listed and its reverse, whose mean is that of all for pairs.
  private static func orders(of count: Int) -> [[Int]] {
    let listed = Array(0..<count)
    guard count > 1, count <= 5 else { return [listed, listed.reversed()] }
    return listed.reduce([[]]) { orders, item in
      orders.flatMap { order in
        (0...order.count).map { place in Array(order[..<place]) + [item] + Array(order[place...]) }
      }
    }
  }
}
