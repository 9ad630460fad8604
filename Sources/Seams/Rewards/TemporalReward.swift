import Options
public import Questions

/// A completion as a reward sees it: its text, not its tokens.
public struct Response: Sendable, Hashable {
  public var text: String
  /// `nil` where nobody counted them, as in a file of texts.
  public var tokenCount: Int?
  /// Whether the limit on tokens cut it off.
  public var isTruncated: Bool

  public init(text: String, tokenCount: Int? = nil, isTruncated: Bool = false) {
    self.text = text
    self.tokenCount = tokenCount
    self.isTruncated = isTruncated
  }

  /// What stands in it as reasoning, in `<think>` or a mark like it; `nil` where there is none.
  public var reasoning: String? { AnswerReader.reasoning(in: text) }
}

/// Scores what a completion says against a question's reference.
///
/// A reward is a pure function: the same arguments give the same number, on any thread. It returns a finite number inside
/// `range`, or `nil` where it does not apply to this kind of question; it never throws. Whatever the outcome of reading, it
/// has a stated value: nothing is hidden as 0. A penalty is a reward too, 1 where it is due; its weight is negative.
///
/// `TaktTesting.rewardConformanceFailures` checks all of this on any reward, and every promise in its documentation.
public protocol TemporalReward: Reward {
  /// The score, or `nil` where the reward does not apply to this question.
  func score(_ reading: Reading, in response: Response, to question: Question) -> Double?
}

/// Stands in the list of formulas where a reward is none.
struct NoFormula: TemporalReward {
  static let name = "none"
  static let documentation = RewardDocumentation(
    summary: "", formula: "", degenerateCases: "", source: "", family: .shaping, kinds: [])

  init() {}
  init(options: inout OptionReader) {}

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? { nil }
}
