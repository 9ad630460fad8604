import Music
import Timelines

/// The tracks of several sources, one source after the other.
struct JoinedTracks: TrackSource {
  private let sources: [any TrackSource]
  let count: Int

  init(_ sources: [any TrackSource]) {
    self.sources = sources
    count = sources.reduce(0) { $0 + $1.count }
  }

  func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    let (source, place) = place(of: index)
    return try source.track(place)
  }

  func timeline(_ index: Int) throws -> Timeline {
    let (source, place) = place(of: index)
    return try source.timeline(place)
  }

  func signal(_ index: Int) throws -> AudioSignal {
    let (source, place) = place(of: index)
    return try source.signal(place)
  }

  func identity(_ index: Int) -> String? {
    let (source, place) = place(of: index)
    return source.identity(place)
  }

  private func place(of index: Int) -> (source: any TrackSource, index: Int) {
    var place = index
    for source in sources {
      if place < source.count { return (source, place) }
      place -= source.count
    }
    preconditionFailure("track \(index) of \(count)")
  }
}
