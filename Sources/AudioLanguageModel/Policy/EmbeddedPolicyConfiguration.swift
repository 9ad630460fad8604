public import Options
public import Tensors

/// The model's shape and how it is trained.
public struct EmbeddedPolicyConfiguration: Sendable, Hashable {
  /// What can be kept from moving, by the beginning of its parameters' names.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    case projector, embedding, decoder, adapter, value
  }

  public var model = AudioLanguageModelConfiguration()
  /// Parts that updates leave alone; the decoder is one of them wherever it has low-rank updates.
  public var frozenParts: Set<Part> = []
  /// What moves the parameters; Muon moves the matrices of the decoder, of its low-rank updates, of the projector and of the maps of
  /// preceding tokens, and leaves the others to AdamW.
  public var optimizerKind = OptimizerKind.adamw
  /// β₁ of AdamW.
  public var beta1 = 0.9
  /// β₂ of AdamW.
  public var beta2 = 0.98
  /// ε of AdamW.
  public var epsilon = 1e-8
  /// λ, of either optimiser.
  public var weightDecay = 0.01
  /// Tracks that one thread works on at a time; results depend on it in their last bits.
  public var tracksPerShard = 4

  public init() {}

  public init(options: inout OptionReader) {
    model = AudioLanguageModelConfiguration(options: &options)
    let names = options.words(
      "freeze", default: [], of: Part.allCases.map(\.rawValue), help: "parts that updates leave alone")
    frozenParts = Set(names.compactMap(Part.init))
    optimizerKind = options.choice(
      "optimizer", default: optimizerKind,
      help: "what moves the matrices between embeddings and answers: muon orthogonalises, adamw does not; the rest is adamw's")
    beta1 = options.number("beta1", default: beta1, in: 0...0.9999, help: "AdamW's β₁")
    beta2 = options.number("beta2", default: beta2, in: 0...0.99999, help: "AdamW's β₂")
    epsilon = options.number("epsilon", default: epsilon, in: 1e-12...0.1, help: "AdamW's ε")
    weightDecay = options.number("weight-decay", default: weightDecay, in: 0...1, help: "λ of either optimiser")
    tracksPerShard = options.integer(
      "tracks-per-shard", default: tracksPerShard, in: 1...1024, help: "tracks that one thread works on at a time")
    let present = Part.allCases.filter { part in
      switch part {
      case .adapter: model.adapterRank > 0
      case .decoder: model.adapterRank == 0
      case .value: model.hasValueHead
      case .projector, .embedding: true
      }
    }
    if frozenParts.isSuperset(of: present) {
      options.record("freezes every part that there is, so nothing can learn: leave one out", at: "freeze")
    }
  }

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
