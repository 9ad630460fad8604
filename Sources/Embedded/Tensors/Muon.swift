import RealModule
public import Work

/// Momentum whose matrices are orthogonalised, for the weights of hidden layers; AdamW for everything else.
///
/// For a weight W [out, in] with gradient g, momentum μ, decay λ and learning rate η:
///
///     M ← μM + g
///     W ← (1 − ηλ)W − 0.2·√max(out, in)·η·O(g + μM)
///
/// O(X) is near to UVᵀ of X = UΣVᵀ: five steps of the Newton–Schulz iteration X ← aX + (bXXᵀ + c(XXᵀ)²)X from X/‖X‖ with
/// (a, b, c) = (3.4445, −4.7750, 2.0315), which leave singular values between about 0.7 and 1.2 unless they were below about
/// 0.002 of the norm. The directions in which a layer can turn are thus moved nearly alike, whatever their share of the
/// gradient. Jordan et al. 2024, *Muon: An optimizer for hidden layers in neural networks*; the factor 0.2·√max(out, in), which
/// makes a step as long as one of AdamW so that both share η and λ, from Liu et al. 2025, *Muon is Scalable for LLM Training*,
/// equation 4.
///
/// g is clipped with everything else, yet the length of a step does not depend on it: clipping only weighs the gradients in M
/// against one another. Where all gradients are zero the matrices stay, which AdamW's parameters do not.
///
/// A step costs 10 · min(out, in) · (2·out·in + min(out, in)²) operations a matrix, whatever the batch.
public struct Muon: Optimizer {
  /// μ, in 0..<1.
  public let momentum: Float
  private var others: AdamW
  private let matrices: [ParameterID]
  /// M, one a matrix.
  private var momenta: [Tensor]

  /// - Parameters:
  ///   - isHidden: names the weights of hidden layers. Of these the matrices are orthogonalised; embeddings and the last layer
  ///     are left to AdamW.
  ///   - others: an optimiser for the same parameters with the moments and the decay λ that everything else gets.
  public init(for parameters: ParameterSet, momentum: Float = 0.95, others: AdamW, isHidden: (String) -> Bool) {
    precondition((0..<1).contains(momentum), "μ lies in 0..<1")
    self.momentum = momentum
    matrices = parameters.ids.filter { parameters[$0].shape.count == 2 && isHidden(parameters.name(of: $0)) }
    momenta = matrices.map { Tensor(shape: parameters[$0].shape) }
    self.others = others
    self.others.leaveOut(matrices)
  }

  @discardableResult
  public mutating func step(
    _ parameters: inout ParameterSet, _ gradients: Gradients, learningRate: Float, maximumNorm: Float = .infinity,
    threads: Int = availableThreads
  ) -> Double {
    let norm = others.step(&parameters, gradients, learningRate: learningRate, maximumNorm: maximumNorm)
    guard norm.isFinite, norm > 0 else { return norm }
    let scale = AdamW.clippingFactor(norm: norm, maximumNorm: maximumNorm)
    let (matrices, momenta, momentum) = (self.matrices, self.momenta, self.momentum)
    let moving = matrices.indices.filter { parameters.isTrainable(matrices[$0]) }
    let moved = parallelShards(moving.count, threads: threads) { place -> (momentum: Tensor, direction: Tensor) in
      let index = moving[place]
      var accumulated = momenta[index]
      var ahead = Tensor(shape: accumulated.shape)
      let gradient = gradients[matrices[index]] ?? ahead
      precondition(gradient.shape == accumulated.shape, "a gradient of shape \(gradient.shape)")
      accumulated.withUnsafeMutableBufferPointer { mean in
        ahead.withUnsafeMutableBufferPointer { ahead in
          gradient.withUnsafeBufferPointer { gradient in
            for element in mean.indices {
              let slope = gradient[element] * scale
              mean[element] = momentum * mean[element] + slope
              ahead[element] = slope + momentum * mean[element]
            }
          }
        }
      }
      return (accumulated, Self.orthogonalized(ahead))
    }
    for (place, index) in moving.enumerated() {
      self.momenta[index] = moved[place].momentum
      let direction = moved[place].direction
      let kept = 1 - learningRate * others.weightDecay
      let length = 0.2 * Float.sqrt(Float(max(direction.rows, direction.columns))) * learningRate
      parameters.withUnsafeMutableElements(of: matrices[index]) { weight in
        direction.withUnsafeBufferPointer { direction in
          for element in weight.indices { weight[element] = kept * weight[element] - length * direction[element] }
        }
      }
    }
    return norm
  }

  /// A matrix near to UVᵀ of the singular value decomposition UΣVᵀ of `matrix`; zeros stay zeros.
  package static func orthogonalized(_ matrix: Tensor) -> Tensor {
    let (rows, columns) = (matrix.rows, matrix.columns)
    let isWide = rows <= columns
    let (side, inner) = isWide ? (rows, columns) : (columns, rows)
    let norm = matrix.withUnsafeBufferPointer { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }.squareRoot()
    var x = Tensor(shape: matrix.shape, values: matrix.values.map { Float(Double($0) / (norm + 1e-7)) })
    var gram = Tensor(shape: [side, side])
    var polynomial = gram
    var next = x
    for _ in 0..<5 {
      x.withPointer { x in
        let operand = Matrix(x, stride: columns)
        let wide = isWide ? operand : operand.transposed
        gram.withUnsafeMutableBufferPointer {
          Kernels.multiply(wide, wide.transposed, into: $0.start, stride: side, rows: side, columns: side, inner: inner)
        }
        polynomial = gram
        polynomial.withUnsafeMutableBufferPointer { polynomial in
          gram.withPointer {
            let gram = Matrix($0, stride: side)
            Kernels.multiply(
              gram, gram, into: polynomial.start, stride: side, rows: side, columns: side, inner: side, alpha: 2.0315,
              beta: -4.775)
          }
          for place in 0..<side { polynomial[place * side + place] += 3.4445 }
          next.withUnsafeMutableBufferPointer { next in
            let factor = Matrix(polynomial.start, stride: side)
            Kernels.multiply(
              isWide ? factor : operand, isWide ? operand : factor, into: next.start, stride: columns, rows: rows,
              columns: columns, inner: side)
          }
        }
      }
      swap(&x, &next)
    }
    return x
  }
}

extension Muon {
  private static let prefix = "muon/momentum/"

  public func state(named parameters: ParameterSet) -> [Safetensors.Entry] {
    others.state(named: parameters)
      + zip(matrices, momenta).map { .init(name: Self.prefix + parameters.name(of: $0), tensor: $1) }
  }

  public mutating func restore(_ file: Safetensors, named parameters: ParameterSet) throws(SafetensorsError) {
    var restored = self
    for (place, id) in matrices.enumerated() {
      let name = Self.prefix + parameters.name(of: id)
      restored.momenta[place] = try file.tensor(named: name, shape: momenta[place].shape)
    }
    try restored.others.restore(file, named: parameters)
    self = restored
  }
}
