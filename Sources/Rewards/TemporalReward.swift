public import Options
public import Questions

/// A completion as a reward sees it: its text, not its tokens.
public struct Response: Sendable, Hashable {
  public var text: String
  /// `nil` where nobody counted them, as in a file of texts.
  public var tokenCount: Int?
  /// Whether the limit on tokens cut it off.
  public var isTruncated: Bool

  public init(text: String, tokenCount: Int?, isTruncated: Bool) {
    self.text = text
    self.tokenCount = tokenCount
    self.isTruncated = isTruncated
  }
}

/// What a reward looks at beside the answer and the question, and what not every caller can give.
public enum RewardNeed: String, Sendable, Hashable, CaseIterable {
  /// The training step and the steps of the run, for schedules.
  case step
  /// The completion's tokens.
  case tokenCount = "token-count"
}

/// Scores what a completion says against a question's reference.
///
/// A reward is a pure function: the same arguments give the same number, on any thread. It returns a finite number inside
/// `range`, or `nil` where it does not apply to this kind of question; it never throws. Whatever the outcome of reading, it
/// has a stated value: nothing is hidden as 0. A penalty is a reward too, 1 where it is due; its weight is negative.
///
/// `TaktTesting.rewardConformanceFailures` checks all of this on any reward, and every promise in its documentation.
public protocol TemporalReward: Sendable {
  /// The name that an experiment file uses, in kebab case.
  static var name: String { get }

  static var documentation: RewardDocumentation { get }

  /// What it cannot do without, so that a caller who lacks it can say so; nothing unless it says otherwise.
  static var needs: Set<RewardNeed> { get }

  /// Reads its options; what is wrong is recorded in the reader.
  init(options: inout OptionReader)

  /// The least and the greatest score.
  var range: ClosedRange<Double> { get }

  /// The score, or `nil` where the reward does not apply to this question.
  func score(_ reading: Reading, in response: Response, to question: Question) -> Double?
}

extension TemporalReward {
  public static var needs: Set<RewardNeed> { [] }
}
