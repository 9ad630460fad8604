import Music
import Questions
import Timelines

/// Tracks each of which is a track of some other source.
protocol RoutedTracks: TrackSource {
  /// The source of a track, and its number there.
  func place(of index: Int) -> (source: any TrackSource, index: Int)
}

extension RoutedTracks {
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

  func intensity(_ index: Int) throws -> IntensityCurve? {
    let (source, place) = place(of: index)
    return try source.intensity(place)
  }

  func identity(_ index: Int) -> String? {
    let (source, place) = place(of: index)
    return source.identity(place)
  }

  func questions(_ index: Int) throws -> [Question]? {
    let (source, place) = place(of: index)
    return try source.questions(place)
  }

  func recording(_ index: Int) throws -> RecordingExcerpt? {
    let (source, place) = place(of: index)
    return try source.recording(place)
  }
}
