public import Music
public import Timelines

/// Tracks that are composed and rendered when asked for; a split is a stream of its own.
public struct ComposedTracks: TrackSource {
  public enum Split: UInt64, Sendable {
    case train = 1
    case validation = 2
    case test = 3
  }

  public let seed: UInt64
  public let first: Int
  public let count: Int
  public let configuration: ComposedTrack.Configuration

  public init(split: Split, first: Int = 0, count: Int, seed: UInt64, configuration: ComposedTrack.Configuration) {
    self.seed = seed &* 1000 &+ split.rawValue
    self.first = first
    self.count = count
    self.configuration = configuration
  }

  public func track(_ index: Int) -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    let track = ComposedTrack.make(seed: seed, index: first + index, options: configuration)
    return (track.timeline, track.spectrogram)
  }

  public func timeline(_ index: Int) -> Timeline { piece(index).timeline }

  public func signal(_ index: Int) -> AudioSignal {
    ComposedTrack.signal(of: piece(index), seed: seed, index: first + index, options: configuration)
  }

  public func intensity(_ index: Int) -> IntensityCurve? { piece(index).intensity }

  private func piece(_ index: Int) -> Piece {
    ComposedTrack.piece(seed: seed, index: first + index, options: configuration)
  }

  public func identity(_ index: Int) -> String? { "composed \(seed) \(first + index) \(configuration)" }
}
