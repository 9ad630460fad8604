internal import CTensorKernels

extension Tape {
  /// y = x · weightᵀ + bias, row by row.
  ///
  ///     ∂x = ∂y · weight,  ∂weight = ∂yᵀ · x,  ∂bias = Σ_rows ∂y
  ///
  /// - Parameters:
  ///   - x: [n, in].
  ///   - weight: [out, in].
  ///   - bias: [out].
  /// - Returns: [n, out].
  public func linear(_ x: Variable, _ weight: Variable, _ bias: Variable? = nil) -> Variable {
    let (inputs, outputs, rows) = (weight.value.columns, weight.value.rows, x.value.rows)
    precondition(x.value.columns == inputs, "linear of \(x.shape) by a weight of \(weight.shape)")
    let y = Tensor(shape: [rows, outputs]) { y in
      x.value.withPointer {
        Kernels.linear($0, rows: rows, weight: weight.value, bias: bias?.value, into: y.start)
      }
    }
    return record(y, from: [x, weight] + (bias.map { [$0] } ?? [])) { dy, cotangents in
      withPointers(x.value, weight.value, dy) { xs, ws, dys in
        cotangents.accumulate(into: x) { dx, isFirst in
          Kernels.multiply(
            Matrix(dys, stride: outputs), Matrix(ws, stride: inputs), into: dx.start, stride: inputs, rows: rows,
            columns: inputs, inner: outputs, beta: isFirst ? 0 : 1)
        }
        cotangents.accumulate(into: weight) { dw, isFirst in
          Kernels.multiply(
            Matrix(dys, stride: outputs).transposed, Matrix(xs, stride: inputs), into: dw.start, stride: inputs,
            rows: outputs, columns: inputs, inner: rows, beta: isFirst ? 0 : 1)
        }
        if let bias {
          cotangents.accumulateInitialized(into: bias) { takt_add_column_sums(dys, $0.start, rows, outputs) }
        }
      }
    }
  }
}
