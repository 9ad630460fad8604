/// The shape of the audio-language model; a checkpoint fits one shape only.
package struct AudioLanguageModelConfiguration: Sendable, Hashable {
  /// How the embedding of a second of the track is made.
  package enum Times: String, Sendable, Hashable, CaseIterable {
    /// Each second has a vector of its own.
    case single
    /// The vector of the minute plus that of the second within it: any time is made of parts that short tracks teach.
    case clock
  }

  /// Where the audio tokens of a track stand; see ``AudioTokenPlacement``.
  package enum Sampling: String, Sendable, Hashable, CaseIterable {
    case uniform, dynamic
    /// Evenly, but they tell the time only: a policy that hears nothing, for comparison.
    case silent
  }

  /// Which audio tokens an audio token sees.
  package enum Listening: String, Sendable, Hashable, CaseIterable {
    /// Itself and those before it.
    case causal
    /// All of the track: whether an exit is the last needs what follows it.
    case full
  }

  /// Width of the residual stream and of the token embeddings.
  package var width = 128
  package var layerCount = 3
  /// Attention heads; divides `width`.
  package var headCount = 4
  /// Hidden width of the feed-forward blocks.
  package var feedForwardWidth = 384
  /// Hidden width of the projector from encoder frames to audio tokens.
  package var projectorWidth = 256
  /// Seconds of a track that have an audio token and a time token.
  package var maximumSeconds = 64
  package var times = Times.single
  package var listening = Listening.causal
  package var sampling = Sampling.uniform
  /// Audio tokens a second of the track.
  package var tokensPerSecond = 1.0
  /// How many tokens before it a text token also holds, each through a map of its own.
  ///
  /// A row then knows the last few words by itself, and finding where the same words stood before, to copy what followed
  /// them, takes one attention layer in place of two (compare the short convolutions of Fu et al. 2023, *Hungry Hungry
  /// Hippos*).
  package var precedingTokens = 0
  /// Tokens of a question and its completion together.
  package var maximumTextTokens = 192
  /// Whether the times that a question names stand once more at its end, right before the answer.
  ///
  /// What happens at a time is then looked up from the last token read; from the middle of a long question the time would first
  /// have to be fetched.
  package var repeatsTimes = false
  /// Whether the model estimates the value before each token.
  package var hasValueHead = false
  /// Words beyond the built-in vocabulary.
  package var additionalWords: [String] = []
  /// Rank of the low-rank updates of the decoder's linear maps; 0 for none.
  package var adapterRank = 0
  /// What a low-rank update is multiplied by, divided by its rank: α of the LoRA paper (Hu and others, 2021).
  package var adapterScale = 16.0

  package init() {}
}
