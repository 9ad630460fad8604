import Tensors

extension AudioTextTransformer {
  /// What the product of a low-rank update is multiplied by: α / rank.
  var adapterFactor: Float {
    Float(configuration.adapterScale) / Float(max(1, configuration.adapterRank))
  }

  /// The weight of a map with its low-rank update added.
  func mergedWeight(of map: TransformerParameters.Linear) -> Tensor {
    var weight = parameters[map.weight]
    guard let adapter = map.adapter else { return weight }
    let (up, down) = (parameters[adapter.up], parameters[adapter.down])
    let (rows, columns, rank) = (up.rows, down.columns, down.rows)
    weight.withUnsafeMutableBufferPointer { weight in
      up.withUnsafeBufferPointer { up in
        down.withUnsafeBufferPointer { down in
          guard let weight = weight.baseAddress, let up = up.baseAddress, let down = down.baseAddress else { return }
          Kernels.multiply(
            Matrix(up, stride: rank), Matrix(down, stride: columns), into: weight, stride: columns, rows: rows,
            columns: columns, inner: rank, alpha: adapterFactor, beta: 1)
        }
      }
    }
    return weight
  }

  /// The parameters with every low-rank update merged into its weight and without adapters.
  var mergedParameters: ParameterSet {
    var weights: [ParameterID: Tensor] = [:]
    for map in ids.blocks.flatMap(\.maps) where map.adapter != nil { weights[map.weight] = mergedWeight(of: map) }
    var merged = ParameterSet()
    for id in parameters.ids where !parameters.name(of: id).hasPrefix(Self.adapterPrefix) {
      _ = merged.add(parameters.name(of: id), weights[id] ?? parameters[id])
    }
    return merged
  }

  /// Makes every low-rank update zero, as in a fresh model.
  mutating func clearAdapters() {
    for case let adapter? in ids.blocks.flatMap(\.maps).map(\.adapter) {
      parameters[adapter.up] = Tensor(shape: parameters[adapter.up].shape)
    }
  }

  /// How the names of adapters begin.
  static let adapterPrefix = "adapter."

  /// How the names of the value head's parameters begin.
  static let valuePrefix = "value."
}

extension TransformerParameters.Block {
  /// The linear maps of the block.
  var maps: [TransformerParameters.Linear] { [query, key, value, output, expand, contract] }
}
