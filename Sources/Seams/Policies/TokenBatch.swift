/// Completions to evaluate, each under one of the prompts; several may share a prompt.
///
/// A backend computes each prompt once, whatever the number of completions under it.
public struct TokenBatch<Prompt: Sendable>: Sendable {
  public var prompts: [Prompt]
  /// One array of tokens a completion.
  public var completions: [[Token]]
  /// For each completion the index of its prompt.
  public var promptIndices: [Int]

  /// Traps where the counts differ or an index is out of range.
  public init(prompts: [Prompt], completions: [[Token]], promptIndices: [Int]) {
    precondition(completions.count == promptIndices.count, "one prompt index a completion")
    precondition(promptIndices.allSatisfy(prompts.indices.contains), "a prompt index is out of range")
    self.prompts = prompts
    self.completions = completions
    self.promptIndices = promptIndices
  }

  public var tokenCount: Int { completions.reduce(0) { $0 + $1.count } }
}

/// What a policy says of each completion token, completion after completion: one entry a token in every array.
public struct TokenOutputs: Sendable, Hashable {
  /// Natural-log probability of the token that was sampled, at the run's temperature.
  public var logProbabilities: [Float]
  /// Entropy of the whole distribution at that position, in nats.
  public var entropies: [Float]
  /// The value head's estimate before the token; empty without a value head.
  public var values: [Float]

  public init(logProbabilities: [Float], entropies: [Float], values: [Float]) {
    self.logProbabilities = logProbabilities
    self.entropies = entropies
    self.values = values
  }

  /// Zeros in the shape of `other`.
  public init(zerosLike other: TokenOutputs) {
    logProbabilities = [Float](repeating: 0, count: other.logProbabilities.count)
    entropies = [Float](repeating: 0, count: other.entropies.count)
    values = [Float](repeating: 0, count: other.values.count)
  }
}

/// The derivative of a scalar loss by each of the outputs: the same shape, hence the same type.
public typealias TokenCotangents = TokenOutputs
