public import Options
public import Questions
public import Rewards

/// A penalty on answers of more intervals than can be meant: from 0 up to a limit to 1 at twice the limit.
///
/// With n intervals as written and n* in the reference, the limit is L = max(`most`, `factor`·n*): min(1, max(0, n − L)/L). It
/// stops combs of short intervals. Give it a negative weight.
///
/// - Questions of other kinds: does not apply. Nothing readable: 0.
public struct AnswerCount: TemporalReward, ConfigurableReward {
  public static let name = "answer-count"

  public static let documentation = RewardDocumentation(
    summary: "A penalty on answers of more intervals than can be meant.",
    formula: "min(1, max(0, n − L)/L), L = max(most, factor·n*)",
    degenerateCases: "Nothing readable: 0. Several references: their intervals together are n*.",
    source: "Against combs of intervals, which smoothed overlaps pay.",
    family: .shaping, kinds: [.intervals])

  let most: Int
  let factor: Double

  /// - Parameters:
  ///   - most: intervals that are always free, 1…10,000.
  ///   - factor: free intervals for each one in the reference, 0…100.
  public init(most: Int = 4, factor: Double = 2) {
    self.most = most
    self.factor = factor
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      most: options.integer("most", default: usual.most, in: 1...10_000, help: "intervals that are always free"),
      factor: options.number(
        "factor", default: usual.factor, in: 0...100, help: "free intervals for each one in the reference"))
  }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .intervals else { return nil }
    guard case .intervals(let answer)? = reading.answer else { return 0 }
    var expected = 0
    for case .intervals(let reference) in question.references { expected += reference.count }
    let limit = max(Double(most), factor * Double(expected))
    return min(1, max(0, Double(answer.count) - limit) / limit)
  }
}
