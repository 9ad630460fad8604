import Tensors

/// The decoder's weights as sampling wants them: query, key and value maps joined into one, low-rank updates merged.
struct InferenceWeights: Sendable {
  struct Map: Sendable {
    let weight: Tensor
    let bias: Tensor

    var outputs: Int { weight.rows }
  }

  struct Norm: Sendable {
    let gain: Tensor
    let bias: Tensor
  }

  struct Block: Sendable {
    let attentionNorm: Norm
    /// Query, key and value side by side: [3 · width, width].
    let attention: Map
    let output: Map
    let feedForwardNorm: Norm
    let expand: Map
    let contract: Map
  }

  let configuration: AudioLanguageModelConfiguration
  /// [vocabulary, width].
  let embedding: Tensor
  /// What a token adds to the row one, two, … places after it: [vocabulary, width] each.
  let preceding: [Tensor]
  let positions: Tensor
  let blocks: [Block]
  let finalNorm: Norm
  let value: Map?

  init(_ model: AudioTextTransformer) {
    let parameters = model.parameters
    func norm(_ norm: TransformerParameters.Norm) -> Norm {
      Norm(gain: parameters[norm.gain], bias: parameters[norm.bias])
    }
    func map(_ linear: TransformerParameters.Linear) -> Map {
      Map(weight: model.mergedWeight(of: linear), bias: parameters[linear.bias])
    }
    configuration = model.configuration
    let tape = Tape(parameters: parameters, recordsGradients: false)
    let table = model.embeddingTable(on: tape)
    embedding = table.value
    preceding = model.precedingTables(table, on: tape).map(\.value)
    positions = parameters[model.ids.positions]
    blocks = model.ids.blocks.map { block in
      Block(
        attentionNorm: norm(block.attentionNorm), attention: Self.joined([block.query, block.key, block.value].map(map)),
        output: map(block.output), feedForwardNorm: norm(block.feedForwardNorm), expand: map(block.expand),
        contract: map(block.contract))
    }
    finalNorm = norm(model.ids.finalNorm)
    value = model.ids.value.map(map)
  }

  private static func joined(_ maps: [Map]) -> Map {
    let rows = maps.reduce(0) { $0 + $1.outputs }
    return Map(
      weight: Tensor(shape: [rows, maps[0].weight.columns], values: maps.flatMap(\.weight.values)),
      bias: Tensor(shape: [rows], values: maps.flatMap(\.bias.values)))
  }
}
