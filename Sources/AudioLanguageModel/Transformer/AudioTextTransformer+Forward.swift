import Policies
import Tensors

extension AudioTextTransformer {
  /// What a forward pass gives of each completion token of a ``TokenTree``: [tokens] each, values [tokens, 1].
  struct Outputs {
    let logProbabilities: Variable
    let entropies: Variable
    let values: Variable?
  }

  /// A layer's keys and values of all rows: [rows, width] each.
  struct KeysAndValues {
    let keys: Variable
    let values: Variable
  }

  /// Evaluates every completion token of the tree at `temperature`.
  ///
  /// - Parameter windows: one a track of the tree.
  func outputs(of tree: TokenTree, windows: [AudioWindows], temperature: Float, on tape: Tape) -> Outputs {
    let (rows, _) = hidden(of: tree, windows: windows, on: tape)
    let predicting = tape.selectedRows(normalized(rows, ids.finalNorm, on: tape), tree.predictions)
    let (logProbabilities, entropies) = tape.tokenHead(
      predicting, tape.parameter(ids.embedding), tokens: tree.targets, temperature: temperature)
    let values = ids.value.map { linear(predicting, $0, on: tape) }
    return Outputs(logProbabilities: logProbabilities, entropies: entropies, values: values)
  }

  /// The residual stream after the last block, before the final norm, at the tree's predicting rows, and what each layer
  /// attended to at all rows.
  ///
  /// The last block is computed at the predicting rows only, its keys and values apart: no other row is looked at again.
  func hidden(of tree: TokenTree, windows: [AudioWindows], on tape: Tape) -> (rows: Variable, attended: [KeysAndValues]) {
    var rows = tape.concatenatedRows([
      audioRows(windows, seconds: tree.audioSeconds, on: tape), textRows(of: tree, on: tape),
    ])
    var attended: [KeysAndValues] = []
    for (layer, block) in ids.blocks.enumerated() {
      let normal = normalized(rows, block.attentionNorm, on: tape)
      let keys = linear(normal, block.key, on: tape)
      let values = linear(normal, block.value, on: tape)
      attended.append(KeysAndValues(keys: keys, values: values))
      var attention = tape.treeAttention(
        linear(normal, block.query, on: tape), keys, values, segments: tree.segments, heads: configuration.headCount)
      if layer == ids.blocks.count - 1 {
        attention = tape.selectedRows(attention, tree.predictingRows)
        rows = tape.selectedRows(rows, tree.predictingRows)
      }
      rows = tape.add(rows, linear(attention, block.output, on: tape))
      let expanded = tape.gelu(linear(normalized(rows, block.feedForwardNorm, on: tape), block.expand, on: tape))
      rows = tape.add(rows, linear(expanded, block.contract, on: tape))
    }
    return (rows, attended)
  }

  private func audioRows(_ windows: [AudioWindows], seconds: [Int], on tape: Tape) -> Variable {
    let stacked = tape.concatenatedRows(windows.map { tape.constant($0.stacked) })
    let pooled = tape.concatenatedRows(windows.map { tape.constant($0.pooled) })
    let projected = linear(tape.gelu(linear(stacked, ids.projectorIn, on: tape)), ids.projectorOut, on: tape)
    let injected = tape.linear(pooled, tape.parameter(ids.headInjection))
    let times = seconds.map { second in
      guard let token = vocabulary.token(ofSecond: second) else { preconditionFailure("second \(second) has no token") }
      return token
    }
    return tape.add(
      tape.add(tape.scaled(projected, by: Self.projectorScale), injected),
      tape.gatherRows(tape.parameter(ids.embedding), times))
  }

  private func textRows(of tree: TokenTree, on tape: Tape) -> Variable {
    tape.add(
      tape.gatherRows(tape.parameter(ids.embedding), tree.textTokens),
      tape.gatherRows(tape.parameter(ids.positions), tree.textPositions))
  }

  private func normalized(_ x: Variable, _ norm: TransformerParameters.Norm, on tape: Tape) -> Variable {
    tape.layerNorm(x, gain: tape.parameter(norm.gain), bias: tape.parameter(norm.bias), epsilon: Self.normEpsilon)
  }

  private func linear(_ x: Variable, _ map: TransformerParameters.Linear, on tape: Tape) -> Variable {
    let y = tape.linear(x, tape.parameter(map.weight), tape.parameter(map.bias))
    guard let adapter = map.adapter else { return y }
    let update = tape.linear(tape.linear(x, tape.parameter(adapter.down)), tape.parameter(adapter.up))
    return tape.add(y, tape.scaled(update, by: adapterFactor))
  }

  /// Keeps the projector's first, random contributions below those of the words and times.
  static let projectorScale: Float = 0.1
  static let normEpsilon: Float = 1e-5
}
