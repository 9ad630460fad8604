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
  /// Where the text of each token begins, as an offset in the UTF-8 of `text`; empty where the policy cannot say.
  ///
  /// Offsets do not fall; the token that ended the completion begins at the end. Without them, rewards by span cannot be spread
  /// over tokens.
  public var textOffsets: [Int]
  /// Whether the limit on tokens cut it off.
  public var isTruncated: Bool

  public init(
    tokens: [Token], logProbabilities: [Float], values: [Float] = [], text: String,
    textOffsets: [Int] = [], isTruncated: Bool
  ) {
    precondition(tokens.count == logProbabilities.count, "one log-probability a token")
    precondition(values.isEmpty || values.count == tokens.count, "no values, or one a token")
    precondition(textOffsets.isEmpty || textOffsets.count == tokens.count, "no offsets, or one a token")
    self.tokens = tokens
    self.logProbabilities = logProbabilities
    self.values = values
    self.text = text
    self.textOffsets = textOffsets
    self.isTruncated = isTruncated
  }
}
