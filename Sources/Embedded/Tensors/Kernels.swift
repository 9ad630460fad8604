internal import COpenBLAS
internal import CTensorKernels

/// Single-threaded arithmetic on row-major arrays, for inference without a ``Tape`` and inside its operations.
///
/// Pointers address at least as many elements as the sizes say; the caller keeps them valid.
package enum Kernels {
  /// C = alpha · A · B + beta · C with A of `rows` × `inner` and B of `inner` × `columns`; with beta 0 C is only written.
  package static func multiply(
    _ a: Matrix, _ b: Matrix, into c: UnsafeMutablePointer<Float>, stride: Int, rows: Int, columns: Int, inner: Int,
    alpha: Float = 1, beta: Float = 0
  ) {
    guard rows > 0, columns > 0 else { return }
    _ = singleThreadedBLAS
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans, Int32(rows),
      Int32(columns), Int32(inner), alpha, a.start, Int32(max(1, a.stride)), b.start, Int32(max(1, b.stride)), beta, c,
      Int32(max(1, stride)))
  }

  /// y = x · weightᵀ + bias for x [`rows`, in], weight [out, in], bias [out], y [`rows`, out].
  package static func linear(
    _ x: UnsafePointer<Float>, rows: Int, weight: Tensor, bias: Tensor? = nil, into y: UnsafeMutablePointer<Float>
  ) {
    let (outputs, inputs) = (weight.rows, weight.columns)
    weight.withPointer {
      multiply(
        Matrix(x, stride: inputs), Matrix($0, stride: inputs).transposed, into: y, stride: outputs, rows: rows,
        columns: outputs, inner: inputs)
    }
    if let bias {
      precondition(bias.count == outputs, "a bias of \(bias.count) for \(outputs) outputs")
      bias.withPointer { takt_add_bias(y, $0, rows, outputs) }
    }
  }

  /// y = (x − mean) / √(variance + epsilon) · gain + bias, row by row over the last axis; y may be x.
  package static func layerNorm(
    _ x: UnsafePointer<Float>, rows: Int, gain: Tensor, bias: Tensor, epsilon: Float, into y: UnsafeMutablePointer<Float>
  ) {
    precondition(gain.count == bias.count, "layer norm with \(gain.count) gains and \(bias.count) biases")
    withPointers(gain, bias) { takt_layer_norm(x, $0, $1, epsilon, y, nil, nil, rows, gain.count) }
  }

  /// y = x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))); y may be x (Hendrycks and Gimpel 2016, *GELUs*).
  package static func gelu(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
    takt_gelu(x, y, count)
  }

  /// Replaces x by softmax(scale · x) and returns log Σ exp(scale · x), in nats.
  ///
  /// `count` is at least 1.
  @discardableResult
  package static func softmax(_ x: UnsafeMutablePointer<Float>, count: Int, scale: Float = 1) -> Float {
    precondition(count > 0, "softmax of nothing")
    return takt_softmax(x, scale, count)
  }

  /// Replaces x by log softmax(scale · x) and returns the entropy of softmax(scale · x), in nats.
  ///
  /// `count` is at least 1.
  @discardableResult
  package static func logSoftmax(_ x: UnsafeMutablePointer<Float>, count: Int, scale: Float = 1) -> Float {
    precondition(count > 0, "softmax of nothing")
    var entropy: Float = 0
    let normalizer = takt_log_normalizer(x, scale, count, &entropy)
    for index in 0..<count { x[index] -= normalizer }
    return entropy
  }

  /// Σ x·y.
  package static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
    takt_dot(x, y, count)
  }

  /// y += factor · x.
  package static func addScaled(
    _ factor: Float, _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
  ) {
    takt_add_scaled(factor, x, y, count)
  }

  /// The name of the processor that OpenBLAS chose its kernels for, for run manifests.
  package static var blasCore: String {
    String(cString: openblas_get_corename())
  }

  /// OpenBLAS splits nothing: work is divided above it, so that results do not depend on the number of threads.
  ///
  /// Takes the buffers that ``multiply(_:_:into:stride:rows:columns:inner:alpha:beta:)`` needs on so many threads at once; false where the
  /// system has no memory for them, in which case a call would not return.
  package static func reserveWorkspace(threads: Int) -> Bool { takt_reserve_blas_buffers(Int32(min(threads, 256))) != 0 }

  /// Bytes of those buffers.
  package static func workspaceBytes(threads: Int) -> Int { threads * takt_blas_buffer_bytes() }

  private static let singleThreadedBLAS: Void = openblas_set_num_threads(1)
}

extension Kernels {
  /// 1 / (1 + exp(−x)) of every element.
  package static func sigmoid(_ x: Tensor) -> Tensor {
    Tensor(shape: x.shape) { y in x.withPointer { takt_sigmoid($0, y.start, y.count) } }
  }
}
