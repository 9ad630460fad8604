/// What an audit asks of a composition of rewards, and how it samples.
public struct AuditOptions: Sendable, Hashable {
  /// Most that the best blind policy may earn, as a share of an honest one with 15 s of noise.
  package var maxRatio: Double
  /// Least rank agreement of reward and benchmark metric over all answers.
  package var minSpearman: Double
  /// Most that a constant instant may earn on average.
  package var maxConstant: Double
  /// Most groups of eight honest answers with 15 s of noise that may earn all the same.
  package var maxTied: Double
  package var seed: UInt64
  /// Answers in a group.
  package var groupSize: Int
  /// Most questions on which each property is checked, evenly spread; policies answer all questions.
  package var checkedQuestions: Int

  public init(
    maxRatio: Double = 0.6, minSpearman: Double = 0.85, maxConstant: Double = 0.05, maxTied: Double = 0.25, seed: UInt64 = 1,
    groupSize: Int = 8, checkedQuestions: Int = 200
  ) {
    self.maxRatio = maxRatio
    self.minSpearman = minSpearman
    self.maxConstant = maxConstant
    self.maxTied = maxTied
    self.seed = seed
    self.groupSize = groupSize
    self.checkedQuestions = checkedQuestions
  }
}
