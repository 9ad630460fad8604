public typealias Token = Int32

/// One sampled answer to a prompt.
public struct Completion: Sendable, Hashable {
  /// What was sampled, including the token that ended it where one did.
  public var tokens: [Token]
  /// Natural-log probability of each token under the distribution that sampled it; as many as `tokens`.
  public var logProbabilities: [Float]
  /// The value head's estimate before each token; empty without a value head.
  public var values: [Float]
  /// The tokens as text, without the token that ended it.
  public var text: String
  /// Whether the limit on tokens cut it off.
  public var isTruncated: Bool

  public init(tokens: [Token], logProbabilities: [Float], values: [Float] = [], text: String, isTruncated: Bool) {
    precondition(tokens.count == logProbabilities.count, "one log-probability a token")
    precondition(values.isEmpty || values.count == tokens.count, "no values, or one a token")
    self.tokens = tokens
    self.logProbabilities = logProbabilities
    self.values = values
    self.text = text
    self.isTruncated = isTruncated
  }
}
