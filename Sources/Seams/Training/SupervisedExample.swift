public import Policies

/// A prompt with the answer to be learnt.
public struct SupervisedExample<Prompt: Sendable>: Sendable {
  public var prompt: Prompt
  /// The answer's tokens, with the token that ends it.
  public var answer: [Token]
  /// How much this example counts beside the others of its step, above 0.
  public var weight: Float
  /// How much each token of the answer counts beside the others, one number a token; empty where all count the same.
  public var tokenWeights: [Float]

  public init(prompt: Prompt, answer: [Token], weight: Float = 1, tokenWeights: [Float] = []) {
    precondition(tokenWeights.isEmpty || tokenWeights.count == answer.count, "a weight for each token of the answer")
    self.prompt = prompt
    self.answer = answer
    self.weight = weight
    self.tokenWeights = tokenWeights
  }
}

/// Where the examples of a supervised stage come from.
public protocol SupervisedExampleSource<Prompt>: Sendable {
  associatedtype Prompt: Sendable

  /// The examples of one step, which depend on the step alone.
  func examples(step: Int) async throws -> [SupervisedExample<Prompt>]
}
