public import Options

/// The shape of the audio-language model; a checkpoint fits one shape only.
public struct AudioLanguageModelConfiguration: Sendable, Hashable {
  /// Width of the residual stream and of the token embeddings.
  public var width = 128
  public var layerCount = 3
  /// Attention heads; divides `width`.
  public var headCount = 4
  /// Hidden width of the feed-forward blocks.
  public var feedForwardWidth = 384
  /// Hidden width of the projector from encoder frames to audio tokens.
  public var projectorWidth = 256
  /// Seconds of a track that have an audio token and a time token.
  public var maximumSeconds = 64
  /// Tokens of a question and its completion together.
  public var maximumTextTokens = 192
  /// Whether the model estimates the value before each token.
  public var hasValueHead = false
  /// Words beyond the built-in vocabulary.
  public var additionalWords: [String] = []
  /// Rank of the low-rank updates of the decoder's linear maps; 0 for none.
  public var adapterRank = 0
  /// What a low-rank update is multiplied by, divided by its rank: α of the LoRA paper (Hu and others, 2021).
  public var adapterScale = 16.0

  public init() {}

  public init(options: inout OptionReader) {
    width = options.integer("width", default: width, in: 8...512, help: "width of the residual stream; a multiple of heads")
    layerCount = options.integer("layers", default: layerCount, in: 1...24, help: "decoder blocks")
    headCount = options.integer("heads", default: headCount, in: 1...32, help: "attention heads")
    feedForwardWidth = options.integer(
      "feed-forward-width", default: feedForwardWidth, in: 8...4096, help: "hidden width of the feed-forward blocks")
    projectorWidth = options.integer(
      "projector-width", default: projectorWidth, in: 8...4096, help: "hidden width between encoder and decoder")
    maximumSeconds = options.integer(
      "maximum-seconds", default: maximumSeconds, in: 1...1024, unit: "s", help: "longest track; one token a second")
    maximumTextTokens = options.integer(
      "maximum-text-tokens", default: maximumTextTokens, in: 8...2048, help: "longest question with its completion")
    hasValueHead = options.flag("value-head", default: hasValueHead, help: "whether to estimate values, as PPO needs")
    additionalWords = options.words("words", default: additionalWords, help: "words beyond the built-in vocabulary")
    adapterRank = options.integer(
      "adapter-rank", default: adapterRank, in: 0...256, help: "LoRA rank; 0 trains the full matrices")
    adapterScale = options.number("adapter-scale", default: adapterScale, in: 0.01...1024, help: "LoRA's alpha")
    if width % headCount != 0 {
      options.record("must be a multiple of heads (\(headCount)), not \(width)", at: "width")
      width = headCount * max(1, width / headCount)
    }
    for word in additionalWords where word.isEmpty || word.contains(where: \.isWhitespace) {
      options.record("holds '\(word)': a word has at least one letter and no blanks", at: "words")
    }
  }
}
