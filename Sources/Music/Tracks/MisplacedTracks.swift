package import Music
package import Questions
package import Randomness
package import Timelines

/// The tracks of another source with annotations whose times err: see `Timeline.misplaced(upTo:stream:)`.
///
/// What is wrong with a track depends on its number in `source` and on the stream, so it is the same in every run.
package struct MisplacedTracks: TrackSource {
  private let source: any TrackSource
  private let error: Double
  private let stream: RandomStream

  /// - Parameter error: how far a time may lie from the truth, in seconds.
  package init(_ source: any TrackSource, upTo error: Double, stream: RandomStream) {
    self.source = source
    self.error = error
    self.stream = stream
  }

  package var count: Int { source.count }

  package func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    let (timeline, spectrogram) = try source.track(index)
    return (misplaced(timeline, index), spectrogram)
  }

  package func timeline(_ index: Int) throws -> Timeline { misplaced(try source.timeline(index), index) }

  package func signal(_ index: Int) throws -> AudioSignal { try source.signal(index) }

  package func intensity(_ index: Int) throws -> IntensityCurve? { try source.intensity(index) }

  package func questions(_ index: Int) throws -> [Question]? { try source.questions(index) }

  package func recording(_ index: Int) throws -> RecordingExcerpt? { try source.recording(index) }

  package func identity(_ index: Int) -> String? {
    source.identity(index).map { "\($0) misplaced \(error) \(stream.seed(for: [UInt64(index)]))" }
  }

  private func misplaced(_ timeline: Timeline, _ index: Int) -> Timeline {
    timeline.misplaced(upTo: error, stream: stream.derived(index))
  }
}
