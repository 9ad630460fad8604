public import Options
import Randomness
public import Timelines

/// A composed piece as a model meets it: features of its sound, and the truth about it.
public struct ComposedTrack: Sendable, Hashable {
  public struct Configuration: Sendable, Hashable {
    public var composer = ComposerOptions()
    public var synthesizer = SynthesizerOptions()

    public init() {}

    public init(options: inout OptionReader) {
      composer = ComposerOptions(options: &options)
      synthesizer = SynthesizerOptions(options: &options)
    }
  }

  public var timeline: Timeline
  public var spectrogram: LogMelSpectrogram

  /// One of the endless list of tracks that a seed names: a function of the arguments and nothing else.
  public static func make(seed: UInt64, index: Int, options: Configuration = Configuration()) -> ComposedTrack {
    let piece = piece(seed: seed, index: index, options: options)
    let signal = signal(of: piece, seed: seed, index: index, options: options)
    return ComposedTrack(timeline: piece.timeline, spectrogram: LogMel().spectrogram(of: signal))
  }

  /// The piece of that track.
  public static func piece(seed: UInt64, index: Int, options: Configuration = Configuration()) -> Piece {
    Composer(options: options.composer).piece(
      id: "composed-\(seed)-\(index)", stream: RandomStream(seed: seed).derived(index, 1))
  }

  /// The sound of that track.
  public static func signal(
    of piece: Piece, seed: UInt64, index: Int, options: Configuration = Configuration()
  ) -> AudioSignal {
    Synthesizer(options: options.synthesizer).signal(of: piece, stream: RandomStream(seed: seed).derived(index, 2))
  }
}
