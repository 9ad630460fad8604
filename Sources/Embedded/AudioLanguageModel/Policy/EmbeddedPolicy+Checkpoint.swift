import Options
package import Policies
import Tensors

extension EmbeddedPolicy {
  /// Parameters and optimiser state in the safetensors format.
  ///
  /// Gradients that were not applied are not kept.
  package func checkpoint() async throws(PolicyError) -> [UInt8] {
    var file = Safetensors(model.parameters, metadata: metadata(of: model.configuration))
    file.append(optimizer.state(named: model.parameters))
    return file.encoded()
  }

  /// Takes back what ``checkpoint()`` gave; a checkpoint of another shape or vocabulary throws and changes nothing.
  package func restore(_ checkpoint: [UInt8]) async throws(PolicyError) {
    var (parameters, optimizer) = (model.parameters, optimizer)
    let instruments = model.encoder.instruments
    try read(checkpoint, what: "checkpoint", shape: model.configuration.entries) { file throws(SafetensorsError) in
      if let heard = PolicyMetadata(file.metadata).instruments, heard != instruments {
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
  package func export() -> [UInt8] {
    var merged = model.configuration
    merged.adapterRank = 0
    return Safetensors(model.mergedParameters, metadata: metadata(of: merged)).summed().encoded()
  }

  /// The low-rank updates alone; they belong to the parameters that they were trained on.
  package func exportAdapters() -> [UInt8] {
    let entries = model.parameters.ids.map {
      Safetensors.Entry(name: model.parameters.name(of: $0), tensor: model.parameters[$0])
    }
    let adapters = entries.filter { $0.name.hasPrefix(AudioTextTransformer.adapterPrefix) }
    return Safetensors(adapters, metadata: metadata(of: model.configuration)).summed().encoded()
  }

  /// Takes parameters from an export or a checkpoint, with or without low-rank updates; the optimiser starts afresh.
  ///
  /// Where the bytes hold no low-rank updates the policy's own are cleared, and where they hold no value head its own stays as it is. Where
  /// their encoder listened for other instruments, this one's must hold all of them; those that are new come in as sums of words, as in a
  /// fresh policy.
  ///
  /// - Parameter path: the file that the bytes are from, for messages.
  package func load(_ export: [UInt8], from path: String? = nil) throws(PolicyError) {
    var loaded = model
    loaded.clearAdapters()
    try read(export, from: path, what: "export", shape: model.configuration.network) { file throws(SafetensorsError) in
      let absent = [AudioTextTransformer.adapterPrefix, AudioTextTransformer.valuePrefix].filter { prefix in
        !file.entries.contains { $0.name.hasPrefix(prefix) }
      }
      try loaded.restore(file) { name in !absent.contains { name.hasPrefix($0) } }
    }
    replace(loaded)
  }

  /// Takes low-rank updates from ``exportAdapters()``; the optimiser starts afresh.
  package func loadAdapters(_ export: [UInt8]) throws(PolicyError) {
    var loaded = model
    try read(export, what: "export of low-rank updates", shape: model.configuration.network) { file throws(SafetensorsError) in
      try loaded.restore(file) { $0.hasPrefix(AudioTextTransformer.adapterPrefix) }
    }
    replace(loaded)
  }

  private func replace(_ loaded: AudioTextTransformer) {
    model = loaded
    optimizer = configuration.optimizer(for: loaded.parameters)
    discardGradients()
  }

  /// Reads a file whose metadata must not contradict `shape`.
  private func read(
    _ bytes: [UInt8], from path: String? = nil, what: String, shape: [OptionEntry],
    _ body: (Safetensors) throws(SafetensorsError) -> Void
  ) throws(PolicyError) {
    let place = path.map { "\($0): " } ?? ""
    func foreign(_ cause: any Error) -> PolicyError {
      PolicyError(.badCheckpoint, "\(place)these bytes are no \(what) of this policy", cause: cause)
    }
    do {
      let file = try Safetensors(decoding: bytes)
      let written = PolicyMetadata(file.metadata)
      if let (key, own, other) = written.difference(from: shape) {
        throw PolicyError(
          .badCheckpoint,
          "\(place)the \(what) has \(key): \(other), this policy \(own): the shape of a trained policy is that of its file; take that, or "
            + "another file")
      }
      let own = vocabulary.texts.joined(separator: " ")
      if let words = written.entries[PolicyMetadata.vocabularyKey], words != own {
        throw PolicyError(
          .badCheckpoint,
          "\(place)the \(what) was written with another vocabulary (\(PolicyFile.firstDifference(words, own))): use the words, instruments "
            + "and maximum seconds that it was trained with")
      }
      try body(file)
    } catch let error as PolicyError {
      throw error
    } catch {
      throw foreign(error)
    }
  }

  private func metadata(of configuration: AudioLanguageModelConfiguration) -> [String: String] {
    PolicyMetadata(configuration, vocabulary: vocabulary, encoder: model.encoder, heardThrough: heardThrough).entries
  }
}
