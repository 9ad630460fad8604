internal import CTensorKernels

extension Tape {
  /// Convolution along time over a batch of series of different length.
  ///
  /// A series of T frames gives T' = ⌊(T + 2·padding − dilation·(K − 1) − 1) / stride⌋ + 1 frames (none where that is below
  /// 1); frames outside the series count as zeros:
  ///
  ///     y[t] = bias + Σ_k kernel_k · x[t·stride + k·dilation − padding]
  ///
  /// - Parameters:
  ///   - x: [frames, in], series after series.
  ///   - kernel: [out, K·in]; columns k·in..<(k+1)·in hold tap k.
  ///   - bias: [out].
  ///   - sequences: the frames of each series.
  /// - Returns: the series one after another, [Σ T', out], and where each lies.
  public func convolution(
    _ x: Variable, _ kernel: Variable, _ bias: Variable, stride: Int = 1, dilation: Int = 1, padding: Int = 0,
    sequences: [Range<Int>]
  ) -> (output: Variable, sequences: [Range<Int>]) {
    let layout = ConvolutionLayout(
      inputs: x.value.columns, outputs: kernel.value.rows, kernelColumns: kernel.value.columns, stride: stride,
      dilation: dilation, padding: padding, sequences: sequences, frames: x.value.rows)
    precondition(bias.value.count == layout.outputs, "a bias of \(bias.shape) for \(layout.outputs) channels")
    let (inputs, outputs) = (layout.inputs, layout.outputs)
    let kernelStride = kernel.value.columns
    var y = Tensor(shape: [layout.outputFrames, outputs])
    withPointers(x.value, kernel.value, bias.value) { x, kernel, bias in
      y.withUnsafeMutableBufferPointer { y in
        takt_add_bias(y.start, bias, layout.outputFrames, outputs)
        layout.forEachTap { tap in
          Kernels.multiply(
            Matrix(x + tap.input * inputs, stride: stride * inputs),
            Matrix(kernel + tap.index * inputs, stride: kernelStride).transposed, into: y.start + tap.output * outputs,
            stride: outputs, rows: tap.count, columns: outputs, inner: inputs, beta: 1)
        }
      }
    }
    let output = record(y, from: [x, kernel, bias]) { dy, cotangents in
      withPointers(x.value, kernel.value, dy) { xs, kernels, dys in
        cotangents.accumulateInitialized(into: x) { dx in
          layout.forEachTap { tap in
            Kernels.multiply(
              Matrix(dys + tap.output * outputs, stride: outputs), Matrix(kernels + tap.index * inputs, stride: kernelStride),
              into: dx.start + tap.input * inputs, stride: stride * inputs, rows: tap.count, columns: inputs, inner: outputs,
              beta: 1)
          }
        }
        cotangents.accumulateInitialized(into: kernel) { dKernel in
          layout.forEachTap { tap in
            Kernels.multiply(
              Matrix(dys + tap.output * outputs, stride: outputs).transposed,
              Matrix(xs + tap.input * inputs, stride: stride * inputs), into: dKernel.start + tap.index * inputs,
              stride: kernelStride, rows: outputs, columns: inputs, inner: tap.count, beta: 1)
          }
        }
        cotangents.accumulateInitialized(into: bias) { takt_add_column_sums(dys, $0.start, layout.outputFrames, outputs) }
      }
    }
    return (output, layout.outputSequences)
  }
}
