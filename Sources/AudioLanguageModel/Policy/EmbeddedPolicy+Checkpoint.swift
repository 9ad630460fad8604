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
    try read(checkpoint, what: "checkpoint") { file throws(SafetensorsError) in
      try parameters.restore(file)
      try optimizer.restore(file, named: parameters)
    }
    model.parameters = parameters
    self.optimizer = optimizer
    discardGradients()
  }

  /// The parameters alone in the safetensors format: 4 bytes each.
  public func export() -> [UInt8] {
    Safetensors(model.parameters, metadata: metadata).encoded()
  }

  /// Takes parameters from an export or a checkpoint; the optimiser starts afresh.
  public func load(_ export: [UInt8]) throws(PolicyError) {
    var parameters = model.parameters
    try read(export, what: "export") { file throws(SafetensorsError) in try parameters.restore(file) }
    model.parameters = parameters
    optimizer = configuration.optimizer(for: parameters)
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
          "the \(what) was written with another vocabulary: use the words and maximum seconds that it was trained with")
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
    ["format": "takt embedded policy 1", Self.vocabularyKey: vocabulary.texts.joined(separator: " ")]
  }
}
