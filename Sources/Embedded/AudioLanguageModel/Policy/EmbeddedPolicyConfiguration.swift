package import Tensors

/// The model's shape and how it is trained.
package struct EmbeddedPolicyConfiguration: Sendable, Hashable {
  /// What can be kept from moving, by the beginning of its parameters' names.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case projector, embedding, decoder, adapter, value
  }

  package var model = AudioLanguageModelConfiguration()
  /// Parts that updates leave alone; the decoder is one of them wherever it has low-rank updates.
  package var frozenParts: Set<Part> = []
  /// What moves the parameters; Muon moves the matrices of the decoder, of its low-rank updates, of the projector and of the maps of
  /// preceding tokens, and leaves the others to AdamW.
  package var optimizerKind = OptimizerKind.adamw
  /// β₁ of AdamW.
  package var beta1 = 0.9
  /// β₂ of AdamW.
  package var beta2 = 0.98
  /// ε of AdamW.
  package var epsilon = 1e-8
  /// λ, of either optimiser.
  package var weightDecay = 0.01
  /// Tracks that one thread works on at a time; results depend on it in their last bits.
  package var tracksPerShard = 4

  package init() {}

  /// A fresh optimiser with these settings.
  func optimizer(for parameters: ParameterSet) -> any Optimizer {
    let adamW = AdamW(
      for: parameters, beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), weightDecay: Float(weightDecay))
    return optimizerKind.optimizer(for: parameters, adamW: adamW, isHidden: Self.isHidden)
  }

  /// Whether a parameter is a matrix between two layers: neither a table of embeddings nor the value head.
  private static func isHidden(_ name: String) -> Bool {
    ["decoder.", AudioTextTransformer.adapterPrefix, "projector.", "embedding.preceding."].contains { name.hasPrefix($0) }
  }
}
