package import Options

extension AudioLanguageModelConfiguration {
  /// Every option of a new model.
  package init(options: inout OptionReader) {
    self.init()
    readNetwork(from: &options)
    readPromptLayout(from: &options)
    readAdditions(from: &options)
  }

  /// The options of a trained network and of its prompts; what may be added to it has its defaults.
  package init(shapeOptions options: inout OptionReader) {
    self.init()
    readNetwork(from: &options)
    readPromptLayout(from: &options)
  }

  /// What the network is: a policy that was trained keeps it.
  mutating func readNetwork(from options: inout OptionReader) {
    width = options.integer("width", default: width, in: 8...512, help: "width of the residual stream; a multiple of heads")
    layerCount = options.integer("layers", default: layerCount, in: 1...24, help: "decoder blocks")
    headCount = options.integer("heads", default: headCount, in: 1...32, help: "attention heads")
    feedForwardWidth = options.integer(
      "feed-forward-width", default: feedForwardWidth, in: 8...4096, help: "hidden width of the feed-forward blocks")
    projectorWidth = options.integer(
      "projector-width", default: projectorWidth, in: 8...4096, help: "hidden width between encoder and decoder")
    maximumSeconds = options.integer(
      "maximum-seconds", default: maximumSeconds, in: 1...1024, unit: "s", help: "longest track; one token a second")
    times = options.choice(
      "times", default: times, help: "a vector for each second, or the sum of one for the minute and one for the second in it")
    listening = options.choice("listening", default: listening, help: "whether audio tokens see what follows them")
    precedingTokens = options.integer(
      "preceding-tokens", default: precedingTokens, in: 0...8, help: "tokens before it that a text token also holds")
    maximumTextTokens = options.integer(
      "maximum-text-tokens", default: maximumTextTokens, in: 8...2048, help: "longest question with its completion")
    additionalWords = options.words("words", default: additionalWords, help: "words beyond the built-in vocabulary")
    if width % headCount != 0 {
      options.record("must be a multiple of heads (\(headCount)), not \(width)", at: "width")
      width = headCount * max(1, width / headCount)
    }
    for word in additionalWords where word.isEmpty || word.contains(where: \.isWhitespace) {
      options.record("holds '\(word)': a word has at least one letter and no blanks", at: "words")
    }
  }

  /// How a track and a question are laid out before the network: no parameter depends on it, so training may go on with another.
  mutating func readPromptLayout(from options: inout OptionReader) {
    sampling = options.choice(
      "audio-tokens", default: sampling, help: "evenly spaced, denser where the encoder hears transitions, or without any sound"
    )
    tokensPerSecond = options.number(
      "tokens-per-second", default: tokensPerSecond, in: 0.1...5, help: "audio tokens a second")
    repeatsTimes = options.flag(
      "repeat-times", default: repeatsTimes, help: "whether the times that a question names stand again right before the answer"
    )
  }

  /// What a trained network may be given at a start.
  mutating func readAdditions(from options: inout OptionReader) {
    hasValueHead = options.flag("value-head", default: hasValueHead, help: "whether to estimate values, as PPO needs")
    adapterRank = options.integer(
      "adapter-rank", default: adapterRank, in: 0...256, help: "LoRA rank; 0 trains the full matrices")
    adapterScale = options.number("adapter-scale", default: adapterScale, in: 0.01...1024, help: "LoRA's alpha")
  }

  /// The options of the network, each with its value.
  var network: [OptionEntry] { entries { $0.readNetwork(from: &$1) } }

  /// The options of the network, of its prompts and of what was added to it, each with its value.
  var entries: [OptionEntry] {
    entries {
      $0.readNetwork(from: &$1)
      $0.readPromptLayout(from: &$1)
      $0.readAdditions(from: &$1)
    }
  }

  /// What a reader whose defaults are this configuration's values resolves to where nothing is given.
  private func entries(_ read: (inout Self, inout OptionReader) -> Void) -> [OptionEntry] {
    var (copy, options) = (self, OptionReader())
    read(&copy, &options)
    return options.resolved
  }
}
