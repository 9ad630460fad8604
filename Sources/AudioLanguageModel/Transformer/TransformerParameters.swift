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

  /// Frames to audio tokens, in two maps with a GELU between.
  let projectorIn: Linear
  let projectorOut: Linear
  /// Head outputs to audio tokens: [width, channels].
  let headInjection: ParameterID
  /// One row a token; the input embedding and the output matrix at once.
  let embedding: ParameterID
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
    let table = maker.normal([vocabulary.count, width], standardDeviation: Self.embeddingDeviation)
    headInjection = maker.add("projector.heads", Self.headInjection(of: encoder.heads, from: table, vocabulary: vocabulary))
    embedding = maker.add("embedding.tokens", table)
    positions = maker.add(
      "embedding.positions",
      maker.normal([configuration.maximumTextTokens, width], standardDeviation: Self.embeddingDeviation))
    // Each block adds to the residual stream twice; this keeps its variance from growing with depth (GPT-2's scaling).
    let depthScale = 1 / Float.sqrt(Float(2 * configuration.layerCount))
    maker.adapterRank = configuration.adapterRank
    blocks = (0..<configuration.layerCount).map { layer in
      let name = "decoder.\(layer)"
      return Block(
        attentionNorm: maker.norm("\(name).attention.norm", width),
        query: maker.linear("\(name).attention.query", width, width),
        key: maker.linear("\(name).attention.key", width, width),
        value: maker.linear("\(name).attention.value", width, width),
        output: maker.linear("\(name).attention.output", width, width, scale: depthScale),
        feedForwardNorm: maker.norm("\(name).feed-forward.norm", width),
        expand: maker.linear("\(name).feed-forward.expand", width, configuration.feedForwardWidth),
        contract: maker.linear("\(name).feed-forward.contract", configuration.feedForwardWidth, width, scale: depthScale))
    }
    maker.adapterRank = 0
    finalNorm = maker.norm("decoder.norm", width)
    value = configuration.hasValueHead ? maker.linear("value", width, 1, scale: 0) : nil
    set = maker.set
  }

  /// Chosen so that logits have a standard deviation of about 1 at first, hidden rows being normalised.
  private static let embeddingDeviation: Float = 0.1

  /// Each column is the sum of the embeddings of the words that its channel means.
  private static func headInjection(of heads: EncoderHeads, from table: Tensor, vocabulary: Vocabulary) -> Tensor {
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

/// Draws parameters one after another.
private struct ParameterMaker {
  var set: ParameterSet
  var stream: RandomStream
  /// Rank of the low-rank updates of the maps that follow; 0 for none.
  var adapterRank = 0

  mutating func add(_ name: String, _ value: Tensor) -> ParameterID { set.add(name, value) }

  mutating func normal(_ shape: [Int], standardDeviation: Float) -> Tensor {
    Tensor(normal: shape, standardDeviation: standardDeviation, using: &stream)
  }

  /// A map whose outputs have a third of the variance of its inputs, times `scale` squared.
  mutating func linear(_ name: String, _ inputs: Int, _ outputs: Int, scale: Float = 1) -> TransformerParameters.Linear {
    let weight = normal([outputs, inputs], standardDeviation: scale / Float.sqrt(3 * Float(inputs)))
    return TransformerParameters.Linear(
      weight: add("\(name).weight", weight), bias: add("\(name).bias", Tensor(shape: [outputs])),
      adapter: adapterRank > 0 ? adapter("adapter.\(name)", inputs, outputs) : nil)
  }

  private mutating func adapter(_ name: String, _ inputs: Int, _ outputs: Int) -> TransformerParameters.Adapter {
    let down = normal([adapterRank, inputs], standardDeviation: 1 / Float.sqrt(Float(inputs)))
    return TransformerParameters.Adapter(
      down: add("\(name).down", down), up: add("\(name).up", Tensor(shape: [outputs, adapterRank])))
  }

  mutating func norm(_ name: String, _ width: Int) -> TransformerParameters.Norm {
    TransformerParameters.Norm(
      gain: add("\(name).gain", Tensor(shape: [width], repeating: 1)), bias: add("\(name).bias", Tensor(shape: [width])))
  }
}
