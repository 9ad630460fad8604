import Tensors

extension MusicEncoder {
  /// What a forward pass over several tracks gives.
  struct Outputs {
    /// [Σ n, width], normalised.
    let frames: Variable
    /// [Σ n, columns of the heads], logits where the column is a probability.
    let heads: Variable
    /// The rows of each track.
    let tracks: [Range<Int>]
  }

  /// Runs spectrograms of [frames, bands] each, already checked, through the encoder.
  func outputs(of spectrograms: [Tensor], on tape: Tape) -> Outputs {
    var tracks: [Range<Int>] = []
    for spectrogram in spectrograms {
      let start = tracks.last?.upperBound ?? 0
      tracks.append(start..<start + spectrogram.rows)
    }
    let input = tape.constant(Self.stacked(spectrograms, bands: configuration.bands))
    var x: Variable
    (x, tracks) = convolution(input, layout.stem, stride: Self.stemTaps, tracks: tracks, on: tape)
    x = tape.gelu(x)
    let refined = convolution(x, layout.residual, padding: Self.residualTaps / 2, tracks: tracks, on: tape).0
    x = tape.add(x, tape.gelu(refined))
    (x, tracks) = convolution(x, layout.reduction, stride: 2, padding: 1, tracks: tracks, on: tape)
    x = norm(tape.gelu(x), layout.stemNorm, on: tape)
    let positions = tracks.flatMap { (0..<Int32($0.count)) }
    x = tape.add(x, tape.gatherRows(tape.parameter(layout.positions), positions))
    for block in layout.blocks { x = tape.add(x, convolved(x, block, tracks: tracks, on: tape)) }
    x = tape.add(x, attended(x, tracks: tracks, on: tape))
    x = tape.add(x, fedForward(x, on: tape))
    let frames = norm(x, layout.finalNorm, on: tape)
    return Outputs(frames: frames, heads: linear(frames, layout.head, on: tape), tracks: tracks)
  }

  private func convolved(_ x: Variable, _ block: Block, tracks: [Range<Int>], on tape: Tape) -> Variable {
    let padding = block.dilation * (Self.blockTaps / 2)
    let (y, _) = convolution(
      norm(x, block.norm, on: tape), block.convolution, dilation: block.dilation, padding: padding, tracks: tracks, on: tape)
    return linear(tape.gelu(y), block.output, on: tape)
  }

  private func attended(_ x: Variable, tracks: [Range<Int>], on tape: Tape) -> Variable {
    let x = norm(x, layout.attentionNorm, on: tape)
    let mixed = tape.treeAttention(
      linear(x, layout.query, on: tape), linear(x, layout.key, on: tape), linear(x, layout.value, on: tape),
      segments: tracks.map { AttentionSegment(rows: $0, isCausal: false) }, heads: configuration.headCount)
    return linear(mixed, layout.attentionOutput, on: tape)
  }

  private func fedForward(_ x: Variable, on tape: Tape) -> Variable {
    let hidden = tape.gelu(linear(norm(x, layout.feedForwardNorm, on: tape), layout.expansion, on: tape))
    return linear(hidden, layout.contraction, on: tape)
  }

  private func linear(_ x: Variable, _ layer: Pair, on tape: Tape) -> Variable {
    tape.linear(x, tape.parameter(layer.weight), tape.parameter(layer.bias))
  }

  private func norm(_ x: Variable, _ layer: Pair, on tape: Tape) -> Variable {
    tape.layerNorm(x, gain: tape.parameter(layer.weight), bias: tape.parameter(layer.bias))
  }

  private func convolution(
    _ x: Variable, _ layer: Pair, stride: Int = 1, dilation: Int = 1, padding: Int = 0, tracks: [Range<Int>], on tape: Tape
  ) -> (Variable, [Range<Int>]) {
    tape.convolution(
      x, tape.parameter(layer.weight), tape.parameter(layer.bias), stride: stride, dilation: dilation, padding: padding,
      sequences: tracks)
  }

  /// The spectrograms one below the other.
  private static func stacked(_ spectrograms: [Tensor], bands: Int) -> Tensor {
    Tensor(shape: [spectrograms.reduce(0) { $0 + $1.rows }, bands]) { whole in
      var offset = 0
      for spectrogram in spectrograms {
        spectrogram.withUnsafeBufferPointer { part in
          for index in part.indices { whole.initializeElement(at: offset + index, to: part[index]) }
        }
        offset += spectrogram.count
      }
    }
  }
}
