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
    let table = embeddingTable(on: tape)
    let (rows, _) = hidden(of: tree, windows: windows, table: table, on: tape)
    let predicting = tape.selectedRows(normalized(rows, ids.finalNorm, on: tape), tree.predictions)
    let (logProbabilities, entropies) = tape.tokenHead(
      predicting, table, tokens: tree.targets, temperature: temperature)
    let values = ids.value.map { linear(predicting, $0, on: tape) }
    return Outputs(logProbabilities: logProbabilities, entropies: entropies, values: values)
  }

  /// The residual stream after the last block, before the final norm, at the tree's predicting rows, and what each layer
  /// attended to at all rows.
  ///
  /// The last block is computed at the predicting rows only, its keys and values apart: no other row is looked at again.
  func hidden(
    of tree: TokenTree, windows: [AudioWindows], table: Variable, on tape: Tape
  ) -> (rows: Variable, attended: [KeysAndValues]) {
    var rows = tape.concatenatedRows([
      audioRows(windows, seconds: tree.audioSeconds, table: table, on: tape), textRows(of: tree, table: table, on: tape),
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

  /// One row a token, times last: the input embedding and the output matrix at once, [vocabulary, width].
  func embeddingTable(on tape: Tape) -> Variable {
    let tokens = tape.parameter(ids.embedding)
    guard let clock = ids.clock else { return tokens }
    let seconds = Array(0..<configuration.maximumSeconds)
    let times = tape.add(
      tape.selectedRows(tape.parameter(clock.minutes), seconds.map { $0 / 60 }),
      tape.selectedRows(tape.parameter(clock.seconds), seconds.map { $0 % 60 }))
    return tape.concatenatedRows([tokens, times])
  }

  /// What a token adds to the row k places after it, for k = 1, 2, …: [vocabulary, width] each.
  func precedingTables(_ table: Variable, on tape: Tape) -> [Variable] {
    ids.preceding.map { tape.linear(table, tape.parameter($0)) }
  }

  private func audioRows(_ windows: [AudioWindows], seconds: [Int], table: Variable, on tape: Tape) -> Variable {
    let times = tape.gatherRows(table, secondTokens(seconds))
    if configuration.sampling == .silent { return times }
    let stacked = tape.concatenatedRows(windows.map { tape.constant($0.stacked) })
    let pooled = tape.concatenatedRows(windows.map { tape.constant($0.pooled) })
    let projected = linear(tape.gelu(linear(stacked, ids.projectorIn, on: tape)), ids.projectorOut, on: tape)
    let injected = tape.linear(pooled, tape.parameter(ids.headInjection))
    return tape.add(tape.add(tape.scaled(projected, by: Self.projectorScale), injected), times)
  }

  private func secondTokens(_ seconds: [Int]) -> [Token] {
    seconds.map { second in
      guard let token = vocabulary.token(ofSecond: second) else { preconditionFailure("second \(second) has no token") }
      return token
    }
  }

  private func textRows(of tree: TokenTree, table: Variable, on tape: Tape) -> Variable {
    var rows = tape.add(
      tape.gatherRows(table, tree.textTokens), tape.gatherRows(tape.parameter(ids.positions), tree.textPositions))
    for (preceding, before) in zip(precedingTables(table, on: tape), tree.preceding) {
      rows = tape.addRows(rows, at: before.rows, tape.gatherRows(preceding, before.tokens))
    }
    return rows
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
