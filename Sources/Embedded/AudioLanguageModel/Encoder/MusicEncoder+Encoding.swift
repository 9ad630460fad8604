package import Tensors
import Work

extension MusicEncoder {
  /// Listens to tracks, on up to `threads` threads; each track's result depends on that track only.
  ///
  /// Spectrograms are [frames, bands] at 50 frames a second, as normalised for training. A track longer than the encoder's
  /// `maximumFrames` is heard in windows of that length which overlap by 2 · ``windowMargin``, each frame taken from the window
  /// in which it stands farther from an edge, so that memory does not grow with the square of the length. Of an encoder that hears
  /// notes the level is cut once the whole track is heard (``IntensityMeaning``). Throws
  /// `.badSpectrogram`.
  package func encode(
    _ tracks: [(trackID: String, duration: Double, spectrogram: Tensor)], threads: Int = availableThreads
  ) throws(MusicEncoderError) -> [EncodedAudio] {
    for track in tracks { try checkForm(track.spectrogram, of: track.trackID) }
    return parallelShards(tracks.count, threads: threads) { index in
      let track = tracks[index]
      let total = MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: track.spectrogram.rows)
      let windows = Self.windows(frames: total, longest: configuration.maximumFrames)
      var frames: [Float] = []
      var heads: [Float] = []
      for window in windows {
        let tape = Tape(parameters: parameters, recordsGradients: false)
        let outputs = outputs(of: [Self.part(of: track.spectrogram, window.heard, isWhole: windows.count == 1)], on: tape)
        let kept = window.kept.lowerBound - window.heard.lowerBound..<window.kept.upperBound - window.heard.lowerBound
        frames += outputs.frames.value.rows(kept).values
        heads += probabilities(outputs.heads.value).rows(kept).values
      }
      var said = Tensor(shape: [total, configuration.heads.count], values: heads)
      if configuration.intensity == .notes {
        said.cutIntoLevels(configuration.heads.intensityLevel, duration: track.duration)
      }
      return EncodedAudio(
        trackID: track.trackID, duration: track.duration,
        frames: Tensor(shape: [total, configuration.width], values: frames), heads: said)
    }
  }

  /// Frames at either edge of a window that another window hears better: five seconds.
  static let windowMargin = 25

  /// Which frames to hear at a time, and which of them to keep: the kept ranges cover 0..<frames in order.
  static func windows(frames: Int, longest: Int) -> [(heard: Range<Int>, kept: Range<Int>)] {
    guard frames > longest else { return [(0..<frames, 0..<frames)] }
    let margin = min(windowMargin, longest / 4)
    var starts = Array(stride(from: 0, to: frames - longest, by: longest - 2 * margin))
    starts.append(frames - longest)
    return starts.indices.map { index in
      let from = index == 0 ? 0 : (starts[index] + starts[index - 1] + longest) / 2
      let to = index == starts.count - 1 ? frames : (starts[index + 1] + starts[index] + longest) / 2
      return (starts[index]..<starts[index] + longest, from..<to)
    }
  }

  /// The spectrogram's rows that give these frames; all of it where it is one window, so that no row is lost to rounding.
  private static func part(of spectrogram: Tensor, _ frames: Range<Int>, isWhole: Bool) -> Tensor {
    guard !isWhole else { return spectrogram }
    let ratio = MusicEncoderConfiguration.spectrogramFramesPerSecond / MusicEncoderConfiguration.framesPerSecond
    return spectrogram.rows(frames.lowerBound * ratio..<frames.upperBound * ratio)
  }

  /// Throws where a spectrogram has other bands than the encoder, or is too short to hold a frame.
  func checkForm(_ spectrogram: Tensor, of trackID: String) throws(MusicEncoderError) {
    guard spectrogram.shape.count == 2, spectrogram.columns == configuration.bands else {
      throw MusicEncoderError(
        .badSpectrogram, "track \(trackID): a spectrogram of shape \(spectrogram.shape), not [frames, \(configuration.bands)]")
    }
    guard MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: spectrogram.rows) >= 1 else {
      throw MusicEncoderError(
        .badSpectrogram, "track \(trackID): \(spectrogram.rows) frames of 20 ms are less than the 0.2 s that one output needs")
    }
  }

  /// Throws where the encoder cannot take a spectrogram in one window.
  func check(_ spectrogram: Tensor, of trackID: String) throws(MusicEncoderError) {
    try checkForm(spectrogram, of: trackID)
    let frames = MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: spectrogram.rows)
    guard frames <= configuration.maximumFrames else {
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
