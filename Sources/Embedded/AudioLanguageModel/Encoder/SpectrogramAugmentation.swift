package import Randomness
package import Tensors

/// Random loudness and timbre for training: an offset for the whole track, and one for each mel band.
package struct SpectrogramAugmentation: Sendable {
  /// Standard deviations, in units of the normalised log-mel features.
  package var trackDeviation: Float = 0.25
  package var bandDeviation: Float = 0.08

  package init() {}

  /// The spectrogram with offsets drawn from `stream`.
  package func applied(to spectrogram: Tensor, stream: RandomStream) -> Tensor {
    var stream = stream
    let bands = spectrogram.columns
    let track = Tensor(normal: [1], standardDeviation: trackDeviation, using: &stream)[0]
    let offsets = Tensor(normal: [bands], standardDeviation: bandDeviation, using: &stream).values.map { $0 + track }
    var result = spectrogram
    result.withUnsafeMutableBufferPointer { elements in
      for start in stride(from: 0, to: elements.count, by: bands) {
        for band in 0..<bands { elements[start + band] += offsets[band] }
      }
    }
    return result
  }
}
