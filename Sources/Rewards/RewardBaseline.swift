public import Options
public import Questions

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
  public var blind: BlindAnswers
  /// The most that is subtracted; at most the upper end of the reward's range.
  public var most: Double
  /// How far below 0 the worst answer lies, at least 0.
  public var below: Double

  public init(_ blind: BlindAnswers = BlindAnswers(), most: Double = 0.9, below: Double = 0.2) {
    self.blind = blind
    self.most = most
    self.below = below
  }

  public init(options: inout OptionReader) {
    blind = BlindAnswers(options: &options)
    most = options.number(
      "most", default: 0.9, in: 0...1, help: "the most that is subtracted, where a blind answer is right by luck")
    below = options.number("below", default: 0.2, in: 0.001...10, help: "how far below 0 the worst answer lies")
  }

  /// r′ of a score of `reward` on this question.
  public func subtracted(from score: Double, of reward: any TemporalReward, on question: Question) -> Double {
    let best = min(most, blindScore(of: reward, on: question))
    let range = reward.range
    if score < best { return below * (score - best) / (best - range.lowerBound) }
    return range.upperBound > best ? (score - best) / (range.upperBound - best) : 0
  }

  /// Where r′ lies.
  public var range: ClosedRange<Double> { -below...1 }

  /// What an answer earns at best, or on average of choices and orders, that was given without hearing the track.
  public func blindScore(of reward: any TemporalReward, on question: Question) -> Double {
    let least = reward.range.lowerBound
    switch question.kind {
    case .instant, .intervals:
      return blind.answers(to: question).reduce(least) { max($0, score($1, of: reward, on: question)) }
    case .choice: return usual(beside: (0..<Self.optionCount(of: question)).map { .choice($0) }, of: reward, on: question)
    case .order: return usual(beside: Self.orders(of: question.items.count).map { .order($0) }, of: reward, on: question)
    case .text: return least
    }
  }

  /// What all answers earn on average, or the usual one where that is more.
  private func usual(beside all: [Answer], of reward: any TemporalReward, on question: Question) -> Double {
    blind.answers(to: question).reduce(mean(all, of: reward, on: question)) { max($0, score($1, of: reward, on: question)) }
  }

  private func mean(_ answers: [Answer], of reward: any TemporalReward, on question: Question) -> Double {
    answers.reduce(0) { $0 + score($1, of: reward, on: question) } / Double(answers.count)
  }

  private func score(_ answer: Answer, of reward: any TemporalReward, on question: Question) -> Double {
    let reading = Reading(outcome: .answered, answer: answer, isStrict: true)
    let response = Response(text: "", tokenCount: 0, isTruncated: false)
    return reward.score(reading, in: response, to: question) ?? reward.range.lowerBound
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
