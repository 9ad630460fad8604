import Tensors

extension Tape {
  /// tanh x = 2σ(2x) − 1, to within 1.2·10⁻⁷; ∂x = ∂y · (1 − y²).
  func hyperbolicTangent(_ x: Variable) -> Variable {
    let doubled = Tensor(shape: x.shape) { doubled in
      x.value.withUnsafeBufferPointer { x in for index in 0..<x.count { doubled[index] = 2 * x[index] } }
    }
    var y = Kernels.sigmoid(doubled)
    y.withUnsafeMutableBufferPointer { y in for index in 0..<y.count { y[index] = 2 * y[index] - 1 } }
    guard recordsGradients else { return constant(y) }
    return custom(inputs: [x], value: y) { [y] cotangent in
      let derivative = Tensor(shape: y.shape) { derivative in
        y.withUnsafeBufferPointer { y in
          cotangent.withUnsafeBufferPointer { cotangent in
            for index in 0..<y.count { derivative[index] = cotangent[index] * (1 - y[index] * y[index]) }
          }
        }
      }
      return [derivative]
    }
  }
}
