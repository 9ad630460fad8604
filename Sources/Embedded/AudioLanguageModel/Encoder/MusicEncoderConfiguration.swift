import Numbers
package import Options

/// The shape of the music encoder; a checkpoint fits one shape only.
package struct MusicEncoderConfiguration: Sendable, Hashable {
  /// Mel bands of the spectrogram, at 50 frames a second.
  package var bands = 64
  /// Width of every layer.
  package var width = 128
  /// Longest track in frames of a fifth of a second.
  package var maximumFrames = 320
  /// Dilation of each residual convolution block.
  package var dilations = [1, 3, 9]
  /// Attention heads; divides `width`.
  package var headCount = 4
  /// Hidden width of the feed-forward block.
  package var feedForwardWidth = 384
  /// What is listened for: labels of the lanes of a timeline.
  package var instruments = ["piano", "bass", "strings", "flute", "guitar", "organ", "synth", "drums"]
  /// What the level of intensity is learnt from.
  package var intensity = IntensityMeaning.sections

  package init() {}

  package init(options: inout OptionReader) {
    width = options.integer("width", default: width, in: 8...512, help: "width of every layer; a multiple of heads")
    maximumFrames =
      Self.framesPerSecond
      * options.integer(
        "maximum-seconds", default: maximumFrames / Self.framesPerSecond, in: 1...1024, unit: "s", help: "longest track")
    let dilations = options.numbers(
      "dilations", default: dilations.map(Double.init), in: 1...64, help: "of each residual block of convolutions, in frames")
    if dilations.isEmpty || dilations.contains(where: { $0 != $0.rounded() }) {
      options.record("must be one whole number or more", at: "dilations")
    }
    self.dilations = dilations.map { Int(saturating: $0) }
    headCount = options.integer("heads", default: headCount, in: 1...32, help: "attention heads")
    feedForwardWidth = options.integer(
      "feed-forward-width", default: feedForwardWidth, in: 8...4096, help: "hidden width of the feed-forward block")
    instruments = options.words("instruments", default: instruments, help: "what is listened for: labels of the timelines")
    intensity = options.choice(
      "intensity", default: intensity,
      help: "what the level of intensity is learnt from: the timeline's sections, or the notes, cut into levels in the end")
    if width % headCount != 0 {
      options.record("must be a multiple of heads (\(headCount)), not \(width)", at: "width")
      width = headCount * max(1, width / headCount)
    }
    if Set(instruments).count != instruments.count {
      options.record("names an instrument twice", at: "instruments")
    }
  }

  /// Frames a second of the output, and of the spectrogram.
  package static let framesPerSecond = 5
  package static let spectrogramFramesPerSecond = 50

  package var heads: EncoderHeads { EncoderHeads(instruments: instruments) }

  /// Output frames of a spectrogram: a tenth, rounded down.
  package static func frameCount(ofSpectrogramFrames frames: Int) -> Int {
    frames / 5 / 2
  }
}
