/// What moves parameters against their gradients; its state goes into checkpoints under the parameters' names.
public protocol Optimizer: Sendable {
  /// Moves every trainable parameter once against its gradient and returns the gradients' norm before clipping.
  ///
  /// Gradients are multiplied by min(1, `maximumNorm` / (norm + 1e-6)). A missing gradient counts as zeros, so that what earlier
  /// ones set in motion goes on; frozen parameters stay and their moments too. Where the norm is not finite nothing moves: look at
  /// the result. The result does not depend on the number of threads.
  @discardableResult
  mutating func step(
    _ parameters: inout ParameterSet, _ gradients: Gradients, learningRate: Float, maximumNorm: Float, threads: Int
  ) -> Double

  /// Moments and step counts under the parameters' names, for a checkpoint.
  func state(named parameters: ParameterSet) -> [Safetensors.Entry]

  /// Takes back what ``state(named:)`` gave; throws where an entry is missing or has another shape, and then changes nothing.
  mutating func restore(_ file: Safetensors, named parameters: ParameterSet) throws(SafetensorsError)
}

/// The optimisers that there are, by the names that a file gives them.
public enum OptimizerKind: String, Sendable, Hashable, CaseIterable {
  case adamw, muon

  /// A fresh optimiser: AdamW as it is given, or Muon for the matrices of hidden layers and that AdamW for everything else.
  public func optimizer(
    for parameters: ParameterSet, adamW: AdamW, isHidden: (String) -> Bool
  ) -> any Optimizer {
    switch self {
    case .adamw: adamW
    case .muon: Muon(for: parameters, others: adamW, isHidden: isHidden)
    }
  }
}
