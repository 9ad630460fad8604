public import Options
public import Questions

/// Subtracts from a reward what the best blind answer to the same question earns.
///
/// r′ = (r − b)/(u − b) with u the upper end of the reward's range and b = min(`most`, the best score of `BlindAnswers`): the right
/// answer keeps 1, the best blind answer earns 0, and a question on which guessing pays teaches no guessing. Of choices and
/// orders b is the mean score over all of them, which a blind answer earns on average; of texts it is the least score.
///
/// - Where a blind answer is right by luck, `most` bounds b, so that r′ stays finite: with u = 1 it lies in −most/(1 − most)…1.
public struct RewardBaseline: Sendable, Hashable {
  public var blind: BlindAnswers
  /// The most that is subtracted; below the upper end of the reward's range.
  public var most: Double

  public init(_ blind: BlindAnswers = BlindAnswers(), most: Double = 0.9) {
    self.blind = blind
    self.most = most
  }

  public init(options: inout OptionReader) {
    blind = BlindAnswers(options: &options)
    most = options.number(
      "most", default: 0.9, in: 0...0.99, help: "the most that is subtracted, where a blind answer is right by luck")
  }

  /// r′ of a score of `reward` on this question.
  public func subtracted(from score: Double, of reward: any TemporalReward, on question: Question) -> Double {
    let best = min(most, blindScore(of: reward, on: question))
    let top = reward.range.upperBound
    return best < top ? (score - best) / (top - best) : score - best
  }

  /// Where r′ of a reward with this range lies.
  public func range(of range: ClosedRange<Double>) -> ClosedRange<Double> {
    let top = range.upperBound
    guard most < top else { return range.lowerBound - most...max(0, top - range.lowerBound) }
    return min(0, (range.lowerBound - most) / (top - most))...1
  }

  /// What an answer earns at best, or on average of choices and orders, that was given without hearing the track.
  public func blindScore(of reward: any TemporalReward, on question: Question) -> Double {
    let least = reward.range.lowerBound
    switch question.kind {
    case .instant, .intervals:
      return blind.answers(to: question).reduce(least) { max($0, score($1, of: reward, on: question)) }
    case .choice: return mean((0..<Self.optionCount(of: question)).map { .choice($0) }, of: reward, on: question)
    case .order: return mean(Self.orders(of: question.items.count).map { .order($0) }, of: reward, on: question)
    case .text: return least
    }
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
