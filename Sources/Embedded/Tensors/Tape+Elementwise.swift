internal import CTensorKernels

extension Tape {
  /// x + y for two of one shape.
  public func add(_ x: Variable, _ y: Variable) -> Variable {
    precondition(x.shape == y.shape, "the sum of shapes \(x.shape) and \(y.shape)")
    let sum = Tensor(shape: x.shape) { z in
      withPointers(x.value, y.value) { takt_add($0, $1, z.start, z.count) }
    }
    return record(sum, from: [x, y]) { cotangent, cotangents in
      cotangents.add(cotangent, to: x)
      cotangents.add(cotangent, to: y)
    }
  }

  /// factor · x.
  public func scaled(_ x: Variable, by factor: Float) -> Variable {
    let scaled = Tensor(shape: x.shape) { y in
      x.value.withPointer { takt_scale(factor, $0, y.start, y.count) }
    }
    return record(scaled, from: [x]) { cotangent, cotangents in
      cotangent.withPointer { dy in
        cotangents.accumulate(into: x) { dx, isFirst in
          if isFirst { takt_scale(factor, dy, dx.start, dx.count) } else { takt_add_scaled(factor, dy, dx.start, dx.count) }
        }
      }
    }
  }

  /// x · y, element by element, for two of one shape.
  public func multiplied(_ x: Variable, _ y: Variable) -> Variable {
    precondition(x.shape == y.shape, "the product of shapes \(x.shape) and \(y.shape)")
    func product(_ a: Tensor, _ b: Tensor) -> Tensor {
      Tensor(shape: a.shape) { z in withPointers(a, b) { takt_multiply($0, $1, z.start, z.count) } }
    }
    return record(product(x.value, y.value), from: [x, y]) { cotangent, cotangents in
      cotangents.add(product(cotangent, y.value), to: x)
      cotangents.add(product(cotangent, x.value), to: y)
    }
  }

  /// gelu(x) = x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))) (Hendrycks and Gimpel 2016, *GELUs*).
  public func gelu(_ x: Variable) -> Variable {
    let y = Tensor(shape: x.shape) { y in
      x.value.withPointer { takt_gelu($0, y.start, y.count) }
    }
    return record(y, from: [x]) { cotangent, cotangents in
      withPointers(x.value, cotangent) { xs, dy in
        cotangents.accumulate(into: x) { dx, isFirst in
          takt_gelu_derivative(xs, dy, dx.start, dx.count, isFirst ? 0 : 1)
        }
      }
    }
  }

  /// σ(x) = 1 / (1 + exp(−x)); ∂x = ∂y · y · (1 − y).
  public func sigmoid(_ x: Variable) -> Variable {
    let y = Tensor(shape: x.shape) { y in
      x.value.withPointer { takt_sigmoid($0, y.start, y.count) }
    }
    return record(y, from: [x]) { cotangent, cotangents in
      withPointers(y, cotangent) { ys, dy in
        cotangents.accumulateInitialized(into: x) { dx in
          for index in 0..<dx.count { dx[index] += dy[index] * ys[index] * (1 - ys[index]) }
        }
      }
    }
  }

  /// The same elements in another shape.
  public func reshaped(_ x: Variable, _ shape: [Int]) -> Variable {
    record(x.value.reshaped(shape), from: [x]) { cotangent, cotangents in
      cotangents.add(cotangent.reshaped(x.shape), to: x)
    }
  }
}
