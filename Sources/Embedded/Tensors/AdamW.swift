internal import CTensorKernels
import Numbers
import RealModule

/// Adam with decoupled weight decay and with clipping of the gradient's norm.
///
/// For step t of a parameter θ with clipped gradient g and learning rate η:
///
///     m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
///     θ ← (1 − ηλ)θ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
///
/// Loshchilov and Hutter 2019, *Decoupled Weight Decay Regularization*, algorithm 2, with the schedule multiplier in η. The
/// decay is ηλ as in most implementations. Each parameter counts its own steps, so that one thawed later starts afresh.
public struct AdamW: Optimizer {
  /// β₁ and β₂, in 0..<1.
  public var beta1: Float
  public var beta2: Float
  /// ε, above 0.
  public var epsilon: Float
  /// λ, at least 0.
  public var weightDecay: Float

  private var steps: [Int]
  private var means: [Tensor]
  private var squares: [Tensor]
  /// Parameters that another optimiser moves.
  private var leftOut: Set<ParameterID> = []

  public init(
    for parameters: ParameterSet, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    precondition((0..<1).contains(beta1) && (0..<1).contains(beta2), "β₁ and β₂ lie in 0..<1")
    precondition(epsilon > 0 && weightDecay >= 0, "ε is above 0, the decay at least 0")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    steps = [Int](repeating: 0, count: parameters.count)
    means = parameters.ids.map { Tensor(shape: parameters[$0].shape) }
    squares = means
  }

  /// Leaves parameters to another optimiser: they keep no moments here and count in the norm alone.
  mutating func leaveOut(_ ids: [ParameterID]) {
    leftOut.formUnion(ids)
    for id in ids {
      means[id.index] = Tensor(shape: [0])
      squares[id.index] = Tensor(shape: [0])
    }
  }

  @discardableResult
  public mutating func step(
    _ parameters: inout ParameterSet, _ gradients: Gradients, learningRate: Float, maximumNorm: Float = .infinity,
    threads: Int = 1
  ) -> Double {
    precondition(parameters.count == means.count && gradients.count == means.count, "an optimiser of another parameter set")
    let norm = gradients.norm
    guard norm.isFinite else { return norm }
    let scale = Self.clippingFactor(norm: norm, maximumNorm: maximumNorm)
    for id in parameters.ids where parameters.isTrainable(id) && !leftOut.contains(id) {
      let gradient = gradients[id] ?? Tensor(shape: parameters[id].shape)
      precondition(gradient.shape == parameters[id].shape, "a gradient of shape \(gradient.shape)")
      move(id, of: &parameters, against: gradient, scale: scale, learningRate: learningRate)
    }
    return norm
  }

  /// min(1, maximum / (norm + 1e-6)): what a gradient is multiplied by so that its norm stays within the maximum.
  package static func clippingFactor(norm: Double, maximumNorm: Float) -> Float {
    maximumNorm.isFinite ? Float(min(1, Double(maximumNorm) / (norm + 1e-6))) : 1
  }

  private mutating func move(
    _ id: ParameterID, of parameters: inout ParameterSet, against gradient: Tensor, scale: Float, learningRate: Float
  ) {
    let index = id.index
    steps[index] += 1
    let correction1 = Float(1 - Double.pow(Double(beta1), steps[index]))
    let correction2 = Float(1 - Double.pow(Double(beta2), steps[index]))
    let (beta1, beta2, epsilon, weightDecay) = (beta1, beta2, epsilon, weightDecay)
    gradient.withPointer { gradient in
      means[index].withUnsafeMutableBufferPointer { mean in
        squares[index].withUnsafeMutableBufferPointer { square in
          parameters.withUnsafeMutableElements(of: id) { parameter in
            takt_adamw(
              parameter.start, mean.start, square.start, gradient, parameter.count, scale, learningRate, weightDecay, beta1,
              beta2, epsilon, correction1, correction2)
          }
        }
      }
    }
  }
}

extension AdamW {
  private static let prefix = "adamw/"
  /// Whole numbers below 2²⁴ are exact in `Float`.
  private static let exactCounts: Float = 16_777_216

  public func state(named parameters: ParameterSet) -> [Safetensors.Entry] {
    let own = parameters.ids.filter { !leftOut.contains($0) }
    return [Safetensors.Entry(name: Self.prefix + "steps", tensor: Tensor(shape: [steps.count], values: steps.map(Float.init)))]
      + own.map { .init(name: Self.prefix + "mean/" + parameters.name(of: $0), tensor: means[$0.index]) }
      + own.map { .init(name: Self.prefix + "square/" + parameters.name(of: $0), tensor: squares[$0.index]) }
  }

  public mutating func restore(_ file: Safetensors, named parameters: ParameterSet) throws(SafetensorsError) {
    let counts = try file.tensor(named: Self.prefix + "steps", shape: [steps.count])
    var restored = self
    for id in parameters.ids where !leftOut.contains(id) {
      let (name, shape) = (parameters.name(of: id), parameters[id].shape)
      restored.means[id.index] = try file.tensor(named: Self.prefix + "mean/" + name, shape: shape)
      restored.squares[id.index] = try file.tensor(named: Self.prefix + "square/" + name, shape: shape)
    }
    guard counts.values.allSatisfy({ $0 >= 0 && $0 < Self.exactCounts }) else {
      throw SafetensorsError(.badLayout, "tensor \"\(Self.prefix)steps\" holds something that is no count of steps")
    }
    restored.steps = counts.values.map { Int(saturating: $0) }
    self = restored
  }
}
