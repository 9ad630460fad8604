internal import CTensorKernels

extension Tape {
  /// (x − mean) / √(variance + epsilon) · gain + bias over each row (Ba, Kiros and Hinton 2016, *Layer Normalization*).
  ///
  /// With h = (x − mean)·s, s = 1/√(variance + epsilon) and g = ∂y·gain:
  ///
  ///     ∂x = s·(g − mean(g) − h·mean(g·h)),  ∂gain = Σ_rows ∂y·h,  ∂bias = Σ_rows ∂y
  ///
  /// - Parameters:
  ///   - x: [n, d].
  ///   - gain: [d].
  ///   - bias: [d].
  public func layerNorm(_ x: Variable, gain: Variable, bias: Variable, epsilon: Float = 1e-5) -> Variable {
    let (rows, columns) = (x.value.rows, x.value.columns)
    precondition(gain.value.count == columns && bias.value.count == columns, "layer norm of \(x.shape) by \(gain.shape)")
    let keeps = needsGradient([x, gain, bias])
    var means = Tensor(shape: [keeps ? rows : 0])
    var scales = Tensor(shape: [keeps ? rows : 0])
    let y = Tensor(shape: x.shape) { y in
      withPointers(x.value, gain.value, bias.value) { xs, gains, biases in
        means.withUnsafeMutableBufferPointer { means in
          scales.withUnsafeMutableBufferPointer { scales in
            takt_layer_norm(
              xs, gains, biases, epsilon, y.start, keeps ? means.baseAddress : nil, keeps ? scales.baseAddress : nil, rows,
              columns)
          }
        }
      }
    }
    return record(y, from: [x, gain, bias]) { [means, scales] dy, cotangents in
      var gainCotangent = Tensor(shape: gain.shape)
      var biasCotangent = Tensor(shape: bias.shape)
      withPointers(x.value, gain.value, dy) { xs, gains, dys in
        withPointers(means, scales) { means, scales in
          gainCotangent.withUnsafeMutableBufferPointer { dGain in
            biasCotangent.withUnsafeMutableBufferPointer { dBias in
              let differentiate = { (dx: UnsafeMutablePointer<Float>, accumulates: Bool) in
                takt_layer_norm_derivative(
                  xs, gains, means, scales, dys, dx, dGain.start, dBias.start, rows, columns, accumulates ? 1 : 0)
              }
              if x.needsGradient {
                cotangents.accumulate(into: x) { differentiate($0.start, !$1) }
              } else {
                var unused = Tensor(shape: x.shape)
                unused.withUnsafeMutableBufferPointer { differentiate($0.start, false) }
              }
            }
          }
        }
      }
      cotangents.add(gainCotangent, to: gain)
      cotangents.add(biasCotangent, to: bias)
    }
  }
}
