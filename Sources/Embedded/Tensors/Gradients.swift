internal import CTensorKernels
import RealModule

/// The derivative of one scalar by each trainable parameter of a ``ParameterSet``.
public struct Gradients: Sendable {
  /// One entry a parameter; `nil` where nothing has depended on it yet (a derivative of zero) and for frozen parameters.
  private var tensors: [Tensor?]

  /// Zero for every parameter of the set.
  public init(for parameters: ParameterSet) {
    tensors = [Tensor?](repeating: nil, count: parameters.count)
  }

  init(tensors: [Tensor?]) {
    self.tensors = tensors
  }

  /// The derivative by one parameter, `nil` where it is zero throughout.
  public subscript(id: ParameterID) -> Tensor? {
    get { tensors[id.index] }
    set { tensors[id.index] = newValue }
  }

  public var count: Int { tensors.count }

  /// Adds another derivative, parameter by parameter.
  ///
  /// Float addition is not associative: add shards in a fixed order to get the same bits from any number of threads.
  public mutating func add(_ other: Gradients) {
    precondition(tensors.count == other.tensors.count, "gradients of two different parameter sets")
    for index in tensors.indices {
      guard let addend = other.tensors[index] else { continue }
      guard var sum = tensors[index] else {
        tensors[index] = addend
        continue
      }
      tensors[index] = nil
      Self.add(addend, into: &sum)
      tensors[index] = sum
    }
  }

  /// Multiplies every derivative by `factor`.
  public mutating func scale(by factor: Float) {
    for index in tensors.indices {
      guard var tensor = tensors[index] else { continue }
      tensors[index] = nil
      tensor.withUnsafeMutableBufferPointer { takt_scale(factor, $0.start, $0.start, $0.count) }
      tensors[index] = tensor
    }
  }

  /// The Euclidean norm over all parameters, summed in `Double`.
  ///
  /// Not finite where a derivative is not.
  public var norm: Double {
    var sum = 0.0
    for case let tensor? in tensors {
      sum += tensor.withUnsafeBufferPointer { $0.baseAddress.map { takt_sum_of_squares($0, tensor.count) } ?? 0 }
    }
    return Double.sqrt(sum)
  }

  private static func add(_ addend: Tensor, into sum: inout Tensor) {
    precondition(addend.shape == sum.shape, "gradients of shapes \(addend.shape) and \(sum.shape)")
    addend.withPointer { from in
      sum.withUnsafeMutableBufferPointer { takt_add_scaled(1, from, $0.start, $0.count) }
    }
  }
}
