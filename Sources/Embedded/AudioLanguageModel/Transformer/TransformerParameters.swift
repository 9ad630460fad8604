import Randomness
import RealModule
import Tensors

/// Where the transformer's parameters are in its ``ParameterSet``.
///
/// Names start with `projector.`, `embedding.`, `decoder.`, `adapter.` or `value.`: the parts that can be frozen.
struct TransformerParameters: Sendable {
  /// y = x · weightᵀ + bias, with a low-rank update where there is one.
  struct Linear: Sendable {
    let weight: ParameterID
    let bias: ParameterID
    let adapter: Adapter?
  }

  /// A low-rank update: the weight becomes weight + (α / rank) · up · down (LoRA, equation 3).
  struct Adapter: Sendable {
    /// [rank, in].
    let down: ParameterID
    /// [out, rank]; zeros at first, so that a fresh adapter changes nothing.
    let up: ParameterID
  }

  struct Norm: Sendable {
    let gain: ParameterID
    let bias: ParameterID
  }

  struct Block: Sendable {
    let attentionNorm: Norm
    let query: Linear
    let key: Linear
    let value: Linear
    let output: Linear
    let feedForwardNorm: Norm
    let expand: Linear
    let contract: Linear
  }

  /// The parts of which the embeddings of times are made.
  struct Clock: Sendable {
    /// One row a minute, and one row a second of a minute.
    let minutes: ParameterID
    let seconds: ParameterID
  }

  /// Frames to audio tokens, in two maps with a GELU between.
  let projectorIn: Linear
  let projectorOut: Linear
  /// Head outputs to audio tokens: [width, channels].
  let headInjection: ParameterID
  /// One row a token, or one a word where times are made of minutes and seconds.
  let embedding: ParameterID
  let clock: Clock?
  /// For k = 1, 2, … the map of the token k places before: [width, width].
  let preceding: [ParameterID]
  /// One row a position of the question and its completion.
  let positions: ParameterID
  let blocks: [Block]
  let finalNorm: Norm
  let value: Linear?
}

extension TransformerParameters {
  /// Adds freshly drawn parameters of the configuration's shape to `set`.
  init(
    _ configuration: AudioLanguageModelConfiguration, encoder: MusicEncoderConfiguration, vocabulary: Vocabulary, seed: UInt64,
    into set: inout ParameterSet
  ) {
    var maker = ParameterMaker(set: set, stream: RandomStream(seed: seed))
    let width = configuration.width
    projectorIn = maker.linear(
      "projector.in", AudioWindows.framesPerSecond * encoder.width, configuration.projectorWidth)
    projectorOut = maker.linear("projector.out", configuration.projectorWidth, width)
    let isClock = configuration.times == .clock
    let table = maker.normal(
      [vocabulary.count - (isClock ? vocabulary.maximumSeconds : 0), width], standardDeviation: Self.embeddingDeviation)
    headInjection = maker.add("projector.heads", Self.headInjection(of: encoder.heads, from: table, vocabulary: vocabulary))
    embedding = maker.add("embedding.tokens", table)
    positions = maker.add(
      "embedding.positions",
      maker.normal([configuration.maximumTextTokens, width], standardDeviation: Self.embeddingDeviation))
    clock = isClock ? Self.clock(seconds: vocabulary.maximumSeconds, width: width, from: &maker) : nil
    preceding = (0..<configuration.precedingTokens).map { lag in
      maker.add(
        "embedding.preceding.\(lag + 1)", maker.normal([width, width], standardDeviation: 0.5 / Float.sqrt(Float(width))))
    }
    maker.adapterRank = configuration.adapterRank
    blocks = (0..<configuration.layerCount).map { layer in
      maker.block(
        "decoder.\(layer)", width: width, feedForwardWidth: configuration.feedForwardWidth, depth: configuration.layerCount)
    }
    maker.adapterRank = 0
    finalNorm = maker.norm("decoder.norm", width)
    value = configuration.hasValueHead ? maker.linear("value", width, 1, scale: 0) : nil
    set = maker.set
  }

  /// Chosen so that logits have a standard deviation of about 1 at first, hidden rows being normalised.
  private static let embeddingDeviation: Float = 0.1

  /// Minutes and seconds whose sums are as long as the vectors of words.
  private static func clock(seconds: Int, width: Int, from maker: inout ParameterMaker) -> Clock {
    let deviation = embeddingDeviation / Float.sqrt(2)
    return Clock(
      minutes: maker.add(
        "embedding.minutes", maker.normal([(seconds + 59) / 60, width], standardDeviation: deviation)),
      seconds: maker.add("embedding.seconds", maker.normal([60, width], standardDeviation: deviation)))
  }

  /// Each column is the sum of the embeddings of the words that its channel means.
  static func headInjection(of heads: EncoderHeads, from table: Tensor, vocabulary: Vocabulary) -> Tensor {
    let width = table.columns
    var injection = Tensor(shape: [width, heads.count])
    for channel in 0..<heads.count {
      let (words, weight) = heads.meaning(of: channel)
      for word in words {
        guard let token = vocabulary.token(ofWord: word) else { preconditionFailure("the vocabulary lacks '\(word)'") }
        for column in 0..<width { injection[column, channel] += weight * table[Int(token), column] }
      }
    }
    return injection
  }
}
