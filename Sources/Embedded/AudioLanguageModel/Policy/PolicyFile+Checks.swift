import Options
import Policies

extension PolicyFile {
  /// Throws where a model needs other tensors than the file has; nothing is allocated for either.
  ///
  /// - Parameters:
  ///   - source: who says the model's shape, at the beginning of a sentence's second part.
  ///   - remedy: a sentence without its full stop.
  func check(_ model: AudioLanguageModelConfiguration, saidBy source: String, remedy: String) throws(PolicyError) {
    func failure(_ key: String, _ tensor: String, needs: String) -> PolicyError {
      let said = model.entries.first { $0.key == key }.map { PolicyMetadata.shortened(PolicyMetadata.text(of: $0.value)) } ?? ""
      let has = shapes[tensor].map { "it has shape \($0)" } ?? "the file has none"
      return PolicyError(
        .badCheckpoint, "\(path): \(source) \(key): \(said), so \(tensor) must \(needs), but \(has). \(remedy)")
    }
    for (key, tensor, shape) in Self.needed(by: model, encoder: encoder) where shapes[tensor] != shape {
      throw failure(key, tensor, needs: "have shape \(shape)")
    }
    for (key, tensor) in Self.unexpected(in: model) where shapes[tensor] != nil {
      throw failure(key, tensor, needs: "be absent")
    }
    guard let written = metadata.entries[PolicyMetadata.vocabularyKey] else { return }
    let own = Self.vocabulary(of: model, encoder: encoder).texts.joined(separator: " ")
    guard written == own else {
      throw PolicyError(
        .badCheckpoint,
        "\(path): \(source) words, instruments and maximum-seconds that make another vocabulary than the file's "
          + "(\(Self.firstDifference(written, own))): use those that it was trained with")
    }
  }

  static func vocabulary(of model: AudioLanguageModelConfiguration, encoder: MusicEncoderConfiguration) -> Vocabulary {
    Vocabulary(maximumSeconds: model.maximumSeconds, additionalWords: model.additionalWords + encoder.instruments)
  }

  /// The first word of a file's vocabulary that is not the one of a model.
  static func firstDifference(_ written: String, _ own: String) -> String {
    let (file, here) = (written.split(separator: " "), own.split(separator: " "))
    let place = zip(file, here).prefix { $0 == $1 }.count
    func word(_ words: [Substring]) -> String {
      place < words.count ? "'\(PolicyMetadata.shortened(String(words[place])))'" : "nothing"
    }
    return "word \(place) is \(word(file)) in the file and \(word(here)) here, of \(file.count) and \(here.count)"
  }

  /// The tensors that show each option of a model, with their shapes.
  private static func needed(
    by model: AudioLanguageModelConfiguration, encoder: MusicEncoderConfiguration
  ) -> [(key: String, tensor: String, shape: [Int])] {
    let (width, seconds, isClock) = (model.width, model.maximumSeconds, model.times == .clock)
    let vocabulary = vocabulary(of: model, encoder: encoder)
    var needed: [(String, String, [Int])] = [
      ("projector-width", "projector.in.weight", [model.projectorWidth, AudioWindows.framesPerSecond * encoder.width]),
      ("width", "projector.out.weight", [width, model.projectorWidth]),
      ("width", "projector.heads", [width, encoder.heads.count]),
      ("maximum-text-tokens", "embedding.positions", [model.maximumTextTokens, width]),
    ]
    if isClock {
      needed.append(("times", "embedding.seconds", [60, width]))
      needed.append(("maximum-seconds", "embedding.minutes", [(seconds + 59) / 60, width]))
    }
    needed.append(("maximum-seconds", "embedding.tokens", [vocabulary.count - (isClock ? seconds : 0), width]))
    for lag in 0..<model.precedingTokens {
      needed.append(("preceding-tokens", "embedding.preceding.\(lag + 1)", [width, width]))
    }
    for layer in 0..<model.layerCount {
      needed.append(("layers", "decoder.\(layer).attention.query.weight", [width, width]))
      needed.append(("feed-forward-width", "decoder.\(layer).feed-forward.expand.weight", [model.feedForwardWidth, width]))
    }
    if model.hasValueHead { needed.append(("value-head", "value.weight", [1, width])) }
    if model.adapterRank > 0 { needed.append(("adapter-rank", adapter, [model.adapterRank, width])) }
    return needed
  }

  /// Tensors that a larger model would have.
  private static func unexpected(in model: AudioLanguageModelConfiguration) -> [(key: String, tensor: String)] {
    [
      ("layers", "decoder.\(model.layerCount).attention.query.weight"),
      ("preceding-tokens", "embedding.preceding.\(model.precedingTokens + 1)"),
    ] + (model.times == .clock ? [] : [("times", "embedding.minutes")])
      + (model.hasValueHead ? [] : [("value-head", "value.weight")])
      + (model.adapterRank > 0 ? [] : [("adapter-rank", adapter)])
  }

  private static let adapter = "\(AudioTextTransformer.adapterPrefix)decoder.0.attention.query.down"
}
