import Tensors

extension AudioTextTransformer {
  /// Takes the parameters whose names satisfy `isWanted` from a file.
  ///
  /// Head outputs go with their instruments. Where the file's encoder listened for fewer, the others' columns are made of the file's
  /// embeddings, as in a fresh model. A file that does not name its instruments has the first ones of this encoder.
  mutating func restore(_ file: Safetensors, where isWanted: (String) -> Bool) throws(SafetensorsError) {
    for id in parameters.ids where id != ids.headInjection && isWanted(parameters.name(of: id)) {
      parameters[id] = try file.tensor(named: parameters.name(of: id), shape: parameters[id].shape)
    }
    let (name, shape) = (parameters.name(of: ids.headInjection), parameters[ids.headInjection].shape)
    guard isWanted(name) else { return }
    let columns = file[name].map { $0.shape.count == 2 ? $0.columns : 0 } ?? 0
    let heard = PolicyMetadata(file.metadata).instruments ?? Array(encoder.instruments.prefix(max(0, columns / 3 - 1)))
    guard heard != encoder.instruments else {
      parameters[ids.headInjection] = try file.tensor(named: name, shape: shape)
      return
    }
    let lost = heard.filter { !encoder.instruments.contains($0) }
    guard lost.isEmpty else {
      throw SafetensorsError(
        .wrongShape,
        "the file's policy knows \(lost.joined(separator: ", ")), which this encoder does not listen for; "
          + "it listens for \(encoder.instruments.joined(separator: ", "))")
    }
    let heads = EncoderHeads(instruments: heard)
    let narrow = try file.tensor(named: name, shape: [shape[0], heads.count])
    var wide = TransformerParameters.headInjection(of: encoder.heads, from: parameters[ids.embedding], vocabulary: vocabulary)
    for (from, to) in heads.columns(in: encoder.heads) {
      for row in 0..<shape[0] { wide[row, to] = narrow[row, from] }
    }
    parameters[ids.headInjection] = wide
  }
}
