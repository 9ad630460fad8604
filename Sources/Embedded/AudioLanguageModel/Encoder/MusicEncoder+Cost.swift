extension MusicEncoder {
  /// Floating-point operations of the matrix products of one forward pass over one track: two a multiplication with addition.
  ///
  /// A training step takes three times as many. Products with padding are counted as if there were none.
  ///
  /// - Parameter frames: spectrogram frames, 50 a second.
  package func forwardOperations(ofSpectrogramFrames frames: Int) -> Double {
    let (width, hidden) = (Double(configuration.width), Double(configuration.feedForwardWidth))
    let tenths = Double(frames / Self.stemTaps)
    let fifths = Double(MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: frames))
    let stem = tenths * width * (Double(Self.stemTaps * configuration.bands) + Double(Self.residualTaps) * width)
    let reduction = fifths * Double(Self.reductionTaps) * width * width
    let blocks = Double(configuration.dilations.count) * fifths * Double(Self.blockTaps + 1) * width * width
    let attention = fifths * 4 * width * width + 2 * fifths * fifths * width
    let feedForward = fifths * 2 * width * hidden
    let head = fifths * width * Double(configuration.heads.count)
    return 2 * (stem + reduction + blocks + attention + feedForward + head)
  }
}
