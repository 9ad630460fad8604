package import Options
import Randomness
package import Timelines

/// A composed piece as a model meets it: features of its sound, and the truth about it.
package struct ComposedTrack: Sendable, Hashable {
  package struct Configuration: Sendable, Hashable {
    package var composer = ComposerOptions()
    package var synthesizer = SynthesizerOptions()

    package init() {}

    package init(options: inout OptionReader) {
      composer = ComposerOptions(options: &options)
      synthesizer = SynthesizerOptions(options: &options)
    }
  }

  package var timeline: Timeline
  package var spectrogram: LogMelSpectrogram

  /// One of the endless list of tracks that a seed names: a function of the arguments and nothing else.
  package static func make(seed: UInt64, index: Int, options: Configuration = Configuration()) -> ComposedTrack {
    let piece = piece(seed: seed, index: index, options: options)
    let signal = signal(of: piece, seed: seed, index: index, options: options)
    return ComposedTrack(timeline: piece.timeline, spectrogram: LogMel().spectrogram(of: signal))
  }

  /// The piece of that track.
  package static func piece(seed: UInt64, index: Int, options: Configuration = Configuration()) -> Piece {
    Composer(options: options.composer).piece(
      id: "composed-\(seed)-\(index)", stream: RandomStream(seed: seed).derived(index, 1))
  }

  /// The sound of that track.
  package static func signal(
    of piece: Piece, seed: UInt64, index: Int, options: Configuration = Configuration()
  ) -> AudioSignal {
    Synthesizer(options: options.synthesizer).signal(of: piece, stream: RandomStream(seed: seed).derived(index, 2))
  }
}
