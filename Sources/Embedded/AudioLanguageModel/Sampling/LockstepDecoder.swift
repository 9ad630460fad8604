import Policies
import RealModule
import Tensors

/// Computes the next hidden row of many completions at once, with cached keys and values and no tape.
///
/// Completions of one prompt are neighbours and attend to its context in one product. Products over rows take multiples of
/// ``rowMultiple`` rows, so that with OpenBLAS's Haswell and Zen kernels a completion does not depend, to the last bit, on the
/// others drawn beside it; with other kernels log-probabilities may differ by rounding.
final class LockstepDecoder {
  /// Rows of a tile of those kernels; a tail of fewer rounds differently.
  static let rowMultiple = 12

  private let weights: InferenceWeights
  private let contexts: [PromptContext]
  /// The prompt of each lane: one lane a completion.
  private let prompts: [Int]
  private let width: Int
  private let heads: Int
  /// By layer and step, the keys and the values of every lane: [lanes, width].
  private var ownKeys: [[FloatBuffer]]
  private var ownValues: [[FloatBuffer]]

  /// The last tokens of each lane, its question's included, as many as a row holds.
  private var histories: [[Token]]

  private let rows: FloatBuffer
  private let normal: FloatBuffer
  private let joint: FloatBuffer
  private let attention: FloatBuffer
  private let expanded: FloatBuffer
  private var scores = FloatBuffer(count: 0)

  init(weights: InferenceWeights, contexts: [PromptContext], prompts: [Int]) {
    self.weights = weights
    self.contexts = contexts
    self.prompts = prompts
    let configuration = weights.configuration
    (width, heads) = (configuration.width, configuration.headCount)
    ownKeys = weights.blocks.map { _ in [] }
    ownValues = ownKeys
    histories = prompts.map { contexts[$0].question.suffix(weights.preceding.count) }
    let capacity = Self.padded(max(prompts.count, contexts.count))
    rows = FloatBuffer(count: capacity * width)
    normal = FloatBuffer(count: capacity * width)
    joint = FloatBuffer(count: capacity * 3 * width)
    attention = FloatBuffer(count: capacity * width)
    expanded = FloatBuffer(count: capacity * configuration.feedForwardWidth)
  }

  static func padded(_ rows: Int) -> Int { (rows + rowMultiple - 1) / rowMultiple * rowMultiple }

  /// Normalised hidden rows of the last question token, one a prompt.
  func first() -> UnsafePointer<Float> {
    for (index, context) in contexts.enumerated() {
      (rows.start + index * width).update(from: context.last, count: width)
    }
    normalize(weights.finalNorm, count: Self.padded(contexts.count))
    return UnsafePointer(normal.start)
  }

  /// Normalised hidden rows after one more token of each of `lanes`, in their order; all have had `step` tokens before it.
  ///
  /// - Parameter lanes: ascending, so that lanes of one prompt are neighbours.
  func advance(_ lanes: [Int], by tokens: [Token], step: Int) -> UnsafePointer<Float> {
    embed(lanes, tokens, step: step)
    let padded = Self.padded(lanes.count)
    for (layer, block) in weights.blocks.enumerated() {
      normalize(block.attentionNorm, count: padded)
      apply(block.attention, to: normal, into: joint, count: padded)
      attend(lanes, layer: layer, step: step)
      apply(block.output, to: attention, into: normal, count: padded)
      Kernels.addScaled(1, normal.start, to: rows.start, count: padded * width)
      normalize(block.feedForwardNorm, count: padded)
      apply(block.expand, to: normal, into: expanded, count: padded)
      Kernels.gelu(expanded.start, into: expanded.start, count: padded * block.expand.outputs)
      apply(block.contract, to: expanded, into: normal, count: padded)
      Kernels.addScaled(1, normal.start, to: rows.start, count: padded * width)
    }
    normalize(weights.finalNorm, count: padded)
    return UnsafePointer(normal.start)
  }

  /// Logits [count, vocabulary] of hidden rows; `logits` has room for `padded(count)` rows.
  func logits(of hidden: UnsafePointer<Float>, count: Int, into logits: FloatBuffer) {
    Kernels.linear(hidden, rows: Self.padded(count), weight: weights.embedding, into: logits.start)
  }

  /// The value head's estimate at a hidden row; `nil` without a value head.
  func value(of hidden: UnsafePointer<Float>) -> Float? {
    weights.value.map { map in
      map.weight.withUnsafeBufferPointer { weight in
        weight.baseAddress.map { Kernels.dot(hidden, $0, count: width) } ?? 0
      } + map.bias[0]
    }
  }

  private func embed(_ lanes: [Int], _ tokens: [Token], step: Int) {
    weights.embedding.withUnsafeBufferPointer { embedding in
      weights.positions.withUnsafeBufferPointer { positions in
        for (row, (lane, token)) in zip(lanes, tokens).enumerated() {
          let position = contexts[prompts[lane]].questionCount + step
          for column in 0..<width {
            rows.start[row * width + column] =
              embedding[Int(token) * width + column] + positions[position * width + column]
          }
        }
      }
    }
    addPreceding(lanes, tokens)
  }

  /// Adds what the tokens before it give to each row, and remembers the rows' own.
  private func addPreceding(_ lanes: [Int], _ tokens: [Token]) {
    guard !weights.preceding.isEmpty else { return }
    for (row, (lane, token)) in zip(lanes, tokens).enumerated() {
      for (table, before) in zip(weights.preceding, histories[lane].reversed()) {
        table.withUnsafeBufferPointer { table in
          guard let table = table.baseAddress else { return }
          Kernels.addScaled(1, table + Int(before) * width, to: rows.start + row * width, count: width)
        }
      }
      histories[lane] = (histories[lane] + [token]).suffix(weights.preceding.count)
    }
  }

  private func normalize(_ norm: InferenceWeights.Norm, count: Int) {
    Kernels.layerNorm(
      rows.start, rows: count, gain: norm.gain, bias: norm.bias, epsilon: AudioTextTransformer.normEpsilon,
      into: normal.start)
  }

  private func apply(_ map: InferenceWeights.Map, to x: FloatBuffer, into y: FloatBuffer, count: Int) {
    Kernels.linear(x.start, rows: count, weight: map.weight, bias: map.bias, into: y.start)
  }

  /// Stores the rows' keys and values, then attends from each prompt's lanes together.
  private func attend(_ lanes: [Int], layer: Int, step: Int) {
    let keys = FloatBuffer(count: prompts.count * width)
    let values = FloatBuffer(count: prompts.count * width)
    for (row, lane) in lanes.enumerated() {
      let joint = joint.start + row * 3 * width
      (keys.start + lane * width).update(from: joint + width, count: width)
      (values.start + lane * width).update(from: joint + 2 * width, count: width)
    }
    ownKeys[layer].append(keys)
    ownValues[layer].append(values)
    var start = 0
    while start < lanes.count {
      let prompt = prompts[lanes[start]]
      let end = lanes[start...].firstIndex { prompts[$0] != prompt } ?? lanes.count
      attend(lanes[start..<end], to: contexts[prompt], layer: layer, step: step)
      start = end
    }
  }

  /// Attention of a prompt's lanes over its context and over their own earlier tokens.
  private func attend(_ lanes: ArraySlice<Int>, to context: PromptContext, layer: Int, step: Int) {
    let (count, seen) = (lanes.count, context.rowCount)
    let columns = seen + step + 1
    let headWidth = width / heads
    let scale = 1 / Float.sqrt(Float(headWidth))
    reserveScores(count * columns)
    let scores = scores.start
    context.keys[layer].withUnsafeBufferPointer { keys in
      context.values[layer].withUnsafeBufferPointer { values in
        guard let keys = keys.baseAddress, let values = values.baseAddress else { return }
        for head in 0..<heads {
          let offset = head * headWidth
          let queries = joint.start + lanes.startIndex * 3 * width + offset
          let results = attention.start + lanes.startIndex * width + offset
          Kernels.multiply(
            Matrix(queries, stride: 3 * width), Matrix(keys + offset, stride: width).transposed, into: scores,
            stride: columns, rows: count, columns: seen, inner: headWidth)
          for (row, lane) in lanes.enumerated() {
            let line = scores + row * columns
            for past in 0...step {
              line[seen + past] = Kernels.dot(
                queries + row * 3 * width, ownKeys[layer][past].start + lane * width + offset, count: headWidth)
            }
            Kernels.softmax(line, count: columns, scale: scale)
          }
          Kernels.multiply(
            Matrix(scores, stride: columns), Matrix(values + offset, stride: width), into: results, stride: width,
            rows: count, columns: headWidth, inner: seen)
          for (row, lane) in lanes.enumerated() {
            for past in 0...step {
              Kernels.addScaled(
                scores[row * columns + seen + past], ownValues[layer][past].start + lane * width + offset,
                to: results + row * width, count: headWidth)
            }
          }
        }
      }
    }
  }

  private var scoreCapacity = 0

  private func reserveScores(_ count: Int) {
    guard count > scoreCapacity else { return }
    scoreCapacity = 2 * count
    scores = FloatBuffer(count: scoreCapacity)
  }
}
