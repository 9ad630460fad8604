public import Questions

/// On what prompt a policy is asked about answers that it gave.
public enum PromptChange: Sendable, Hashable {
  /// As it was asked.
  case unchanged
  /// The same question without the track: how likely the answer is to a policy that hears nothing.
  case withoutTrack
  /// Another question about the same track.
  case asking(Question)
}

/// What a policy says of one answer, a number a token.
public struct PolicyOutputs: Sendable, Hashable {
  /// Natural-log probabilities at the run's temperature.
  public var logProbabilities: [Float]
  /// Entropies of the distributions that the tokens were drawn from, nats.
  public var entropies: [Float]

  package init(logProbabilities: [Float], entropies: [Float]) {
    self.logProbabilities = logProbabilities
    self.entropies = entropies
  }

  /// The answer's log-probability, nats: the sum over its tokens.
  public var logProbability: Double { logProbabilities.reduce(0) { $0 + Double($1) } }
}

/// Asks the policy on behalf of rewards, which know neither tokens nor prompts.
package protocol PolicyProbe: Sendable {
  /// For each place of a batch, the outputs of the answers there on the prompt that is asked for.
  func outputs(of asked: [(place: Int, prompt: PromptChange)]) async throws -> [[PolicyOutputs]]
}
