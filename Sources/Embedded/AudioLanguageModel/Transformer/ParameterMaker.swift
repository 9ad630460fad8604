import Randomness
import RealModule
import Tensors

/// Draws parameters one after another.
struct ParameterMaker {
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
    linear(name, normal([outputs, inputs], standardDeviation: scale / Float.sqrt(3 * Float(inputs))))
  }

  /// A map with a given weight.
  mutating func linear(_ name: String, _ weight: Tensor) -> TransformerParameters.Linear {
    TransformerParameters.Linear(
      weight: add("\(name).weight", weight), bias: add("\(name).bias", Tensor(shape: [weight.rows])),
      adapter: adapterRank > 0 ? adapter("adapter.\(name)", weight.columns, weight.rows) : nil)
  }

  /// A block whose heads at first look for what resembles the row that asks and hand on what they find.
  ///
  /// Keys start equal to queries and the output map as the transpose of the value map, so that each head's score is an inner
  /// product of projections and its contribution nearly a projection (Trockman and Kolter 2023, *Mimetic Initialization of
  /// Self-Attention Layers*). Looking up a named instrument among the seconds, and copying the second found, is then learnt in
  /// a few hundred steps.
  mutating func block(_ name: String, width: Int, feedForwardWidth: Int, depth: Int) -> TransformerParameters.Block {
    let attentionNorm = norm("\(name).attention.norm", width)
    let query = linear("\(name).attention.query", width, width)
    let key = linear("\(name).attention.key", set[query.weight])
    let value = linear("\(name).attention.value", width, width)
    let output = linear("\(name).attention.output", transposed(set[value.weight]))
    // Feed-forward blocks add to the residual stream layer after layer; this keeps its variance from growing with depth.
    let depthScale = 1 / Float.sqrt(Float(2 * depth))
    return TransformerParameters.Block(
      attentionNorm: attentionNorm, query: query, key: key, value: value, output: output,
      feedForwardNorm: norm("\(name).feed-forward.norm", width),
      expand: linear("\(name).feed-forward.expand", width, feedForwardWidth),
      contract: linear("\(name).feed-forward.contract", feedForwardWidth, width, scale: depthScale))
  }

  private func transposed(_ matrix: Tensor) -> Tensor {
    var result = Tensor(shape: [matrix.columns, matrix.rows])
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { result[column, row] = matrix[row, column] }
    }
    return result
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
