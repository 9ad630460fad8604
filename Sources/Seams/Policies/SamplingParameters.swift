/// How completions are drawn.
public struct SamplingParameters: Sendable, Hashable {
  /// What logits are divided by, above 0; 0 takes the likeliest token each time (greedy).
  public var temperature: Float
  /// The smallest set of likeliest tokens with at least this probability is kept, `0 < topP <= 1`; 1 keeps all.
  ///
  /// Training needs 1: below it the sampled distribution is not the one that ``Policy/outputs(for:)`` describes.
  public var topP: Float
  /// Tokens after which a completion is cut off, at least 1.
  public var maximumTokens: Int

  public init(temperature: Float = 1, topP: Float = 1, maximumTokens: Int) {
    self.temperature = temperature
    self.topP = topP
    self.maximumTokens = maximumTokens
  }

  public static func greedy(maximumTokens: Int) -> SamplingParameters {
    SamplingParameters(temperature: 0, maximumTokens: maximumTokens)
  }
}

/// A prompt and how many completions of it are wanted.
public struct SamplingRequest<Prompt: Sendable>: Sendable {
  public var prompt: Prompt
  public var count: Int
  /// Completion `i` draws from the stream `RandomStream(seed: seed).derived(i)` or an equivalent of the backend's own, so
  /// that it depends on neither the other requests nor the number of threads.
  public var seed: UInt64

  public init(prompt: Prompt, count: Int, seed: UInt64) {
    self.prompt = prompt
    self.count = count
    self.seed = seed
  }
}
