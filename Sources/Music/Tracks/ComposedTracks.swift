package import Music
package import Timelines

/// Tracks that are composed and rendered when asked for; a split is a stream of its own.
package struct ComposedTracks: TrackSource {
  package enum Split: UInt64, Sendable {
    case train = 1
    case validation = 2
    case test = 3
  }

  package let seed: UInt64
  package let first: Int
  package let count: Int
  package let configuration: ComposedTrack.Configuration

  package init(split: Split, first: Int = 0, count: Int, seed: UInt64, configuration: ComposedTrack.Configuration) {
    self.seed = seed &* 1000 &+ split.rawValue
    self.first = first
    self.count = count
    self.configuration = configuration
  }

  package func track(_ index: Int) -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    let track = ComposedTrack.make(seed: seed, index: first + index, options: configuration)
    return (track.timeline, track.spectrogram)
  }

  package func timeline(_ index: Int) -> Timeline { piece(index).timeline }

  package func signal(_ index: Int) -> AudioSignal {
    ComposedTrack.signal(of: piece(index), seed: seed, index: first + index, options: configuration)
  }

  package func intensity(_ index: Int) -> IntensityCurve? { piece(index).intensity }

  private func piece(_ index: Int) -> Piece {
    ComposedTrack.piece(seed: seed, index: first + index, options: configuration)
  }

  package func identity(_ index: Int) -> String? { "composed \(seed) \(first + index) \(configuration)" }
}
