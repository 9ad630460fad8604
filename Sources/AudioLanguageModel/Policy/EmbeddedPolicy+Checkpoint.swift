public import Policies
import Tensors

extension EmbeddedPolicy {
  /// Parameters and optimiser state in the safetensors format.
  ///
  /// Gradients that were not applied are not kept.
  public func checkpoint() async throws(PolicyError) -> [UInt8] {
    var file = Safetensors(model.parameters, metadata: metadata)
    file.append(optimizer.state(named: model.parameters))
    return file.encoded()
  }

  /// Takes back what ``checkpoint()`` gave; a checkpoint of another shape or vocabulary throws and changes nothing.
  public func restore(_ checkpoint: [UInt8]) async throws(PolicyError) {
    var (parameters, optimizer) = (model.parameters, optimizer)
    let instruments = model.encoder.instruments
    try read(checkpoint, what: "checkpoint") { file throws(SafetensorsError) in
      if let heard = AudioTextTransformer.instruments(of: file), heard != instruments {
        throw SafetensorsError(
          .badLayout,
          "its encoder listened for \(heard.joined(separator: ", ")); here it is \(instruments.joined(separator: ", "))")
      }
      try parameters.restore(file)
      try optimizer.restore(file, named: parameters)
    }
    model.parameters = parameters
    self.optimizer = optimizer
    discardGradients()
  }

  /// The parameters alone in the safetensors format, low-rank updates merged: 4 bytes each, with a checksum.
  public func export() -> [UInt8] {
    Safetensors(model.mergedParameters, metadata: metadata).summed().encoded()
  }

  /// The low-rank updates alone; they belong to the parameters that they were trained on.
  public func exportAdapters() -> [UInt8] {
    let entries = model.parameters.ids.map {
      Safetensors.Entry(name: model.parameters.name(of: $0), tensor: model.parameters[$0])
    }
    return Safetensors(entries.filter { $0.name.hasPrefix(AudioTextTransformer.adapterPrefix) }, metadata: metadata)
      .summed().encoded()
  }

  /// Takes parameters from an export or a checkpoint, with or without low-rank updates; the optimiser starts afresh.
  ///
  /// Where the bytes hold no low-rank updates the policy's own are cleared. Where their encoder listened for other instruments, this one's
  /// must hold all of them; those that are new come in as sums of words, as in a fresh policy.
  public func load(_ export: [UInt8]) throws(PolicyError) {
    var loaded = model
    loaded.clearAdapters()
    try read(export, what: "export") { file throws(SafetensorsError) in
      let hasAdapters = file.entries.contains { $0.name.hasPrefix(AudioTextTransformer.adapterPrefix) }
      try loaded.restore(file) { hasAdapters || !$0.hasPrefix(AudioTextTransformer.adapterPrefix) }
    }
    replace(loaded)
  }

  /// Takes low-rank updates from ``exportAdapters()``; the optimiser starts afresh.
  public func loadAdapters(_ export: [UInt8]) throws(PolicyError) {
    var loaded = model
    try read(export, what: "export of low-rank updates") { file throws(SafetensorsError) in
      try loaded.restore(file) { $0.hasPrefix(AudioTextTransformer.adapterPrefix) }
    }
    replace(loaded)
  }

  private func replace(_ loaded: AudioTextTransformer) {
    model = loaded
    optimizer = configuration.optimizer(for: loaded.parameters)
    discardGradients()
  }

  private func read(
    _ bytes: [UInt8], what: String, _ body: (Safetensors) throws(SafetensorsError) -> Void
  ) throws(PolicyError) {
    do {
      let file = try Safetensors(decoding: bytes)
      if let words = file.metadata[Self.vocabularyKey], words != metadata[Self.vocabularyKey] {
        throw PolicyError(
          .badCheckpoint,
          "the \(what) was written with another vocabulary: use the words, instruments and maximum seconds that it was trained with"
        )
      }
      try body(file)
    } catch let error as SafetensorsError {
      throw PolicyError(.badCheckpoint, "these bytes are no \(what) of this policy", cause: error)
    } catch let error as PolicyError {
      throw error
    } catch {
      throw PolicyError(.badCheckpoint, "these bytes are no \(what) of this policy", cause: error)
    }
  }

  private static let vocabularyKey = "vocabulary"

  private var metadata: [String: String] {
    [
      "format": "takt embedded policy 1", Self.vocabularyKey: vocabulary.texts.joined(separator: " "),
      AudioTextTransformer.instrumentsKey: model.encoder.instruments.joined(separator: "\n"),
    ]
  }
}
