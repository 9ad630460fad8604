/// What a trainable policy can do beside answering and following gradients; looked at before anything is sampled.
public struct PolicyCapabilities: Sendable, Hashable {
  /// The temperatures at which ``Policy/outputs(for:temperature:)`` and a gradient can be had.
  public enum Temperatures: String, Sendable, Hashable {
    case any, one
  }

  /// Whether it gives the entropy of each whole distribution and follows its derivative; where not, entropies are the estimate −log π of the
  /// token that was sampled.
  public var entropies = true
  public var temperatures = Temperatures.any
  /// Whether completions say where the text of each token begins.
  public var textOffsets = true
  /// Whether it can write a reference answer as tokens.
  public var supervised = true
  /// Whether ``TrainablePolicy/applyGradients(learningRate:maximumNorm:)`` knows the gradient's norm; where not, it returns NaN.
  public var norm = true

  public init() {}
}
