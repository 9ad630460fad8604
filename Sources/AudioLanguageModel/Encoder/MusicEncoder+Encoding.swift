public import Tensors

extension MusicEncoder {
  /// Listens to tracks, on up to `threads` threads; each track's result depends on that track only.
  ///
  /// Spectrograms are [frames, bands] at 50 frames a second, as normalised for training. Throws `.badSpectrogram`.
  public func encode(
    _ tracks: [(trackID: String, duration: Double, spectrogram: Tensor)], threads: Int = availableThreads
  ) throws(MusicEncoderError) -> [EncodedAudio] {
    for track in tracks { try check(track.spectrogram, of: track.trackID) }
    return parallelShards(tracks.count, threads: threads) { index in
      let track = tracks[index]
      let tape = Tape(parameters: parameters, recordsGradients: false)
      let outputs = outputs(of: [track.spectrogram], on: tape)
      return EncodedAudio(
        trackID: track.trackID, duration: track.duration, frames: outputs.frames.value,
        heads: probabilities(outputs.heads.value))
    }
  }

  /// Throws where the encoder cannot take a spectrogram.
  func check(_ spectrogram: Tensor, of trackID: String) throws(MusicEncoderError) {
    guard spectrogram.shape.count == 2, spectrogram.columns == configuration.bands else {
      throw MusicEncoderError(
        .badSpectrogram, "track \(trackID): a spectrogram of shape \(spectrogram.shape), not [frames, \(configuration.bands)]")
    }
    let frames = MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: spectrogram.rows)
    guard frames >= 1, frames <= configuration.maximumFrames else {
      let rate = Double(MusicEncoderConfiguration.framesPerSecond)
      throw MusicEncoderError(
        .badSpectrogram,
        "track \(trackID) lasts \(Double(frames) / rate) s; this encoder takes 0.2 to "
          + "\(Double(configuration.maximumFrames) / rate) s: cut the track, or train with a larger maximum-seconds")
    }
  }

  /// The head outputs with logits turned into probabilities.
  func probabilities(_ heads: Tensor) -> Tensor {
    let layout = configuration.heads
    let probabilities = Kernels.sigmoid(heads)
    var result = heads
    for row in 0..<heads.rows {
      for column in 0..<heads.columns where layout.isProbability(column) { result[row, column] = probabilities[row, column] }
    }
    return result
  }
}
