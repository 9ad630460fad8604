package import Music
package import Timelines

/// Excerpts of real pieces: every piece is cut into windows of equal length, the last one flush with its end.
package struct CorpusTracks: TrackSource {
  private let corpus: Corpus
  private let windows: [(piece: CorpusPiece, window: Interval)]

  package var count: Int { windows.count }

  /// Windows of `excerpt` seconds, one every `hop` seconds, of these pieces of the corpus.
  init(_ corpus: Corpus, pieces: [CorpusManifest.Entry], excerpt: Double, hop: Double) throws {
    self.corpus = corpus
    windows = try pieces.flatMap { entry in
      let piece = try corpus.piece(entry.id)
      return Self.starts(duration: piece.timeline.duration, excerpt: excerpt, hop: hop).map { start in
        (piece, Interval(start, min(start + excerpt, piece.timeline.duration)))
      }
    }
  }

  package func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    let (piece, window) = windows[index]
    let (timeline, signal) = try corpus.excerpt(of: piece, window: window)
    return (timeline, LogMel().spectrogram(of: signal))
  }

  package func timeline(_ index: Int) -> Timeline {
    let (piece, window) = windows[index]
    return piece.timeline.cropped(to: window)
  }

  package func signal(_ index: Int) throws -> AudioSignal {
    let (piece, window) = windows[index]
    return try corpus.excerpt(of: piece, window: window).signal
  }

  package func intensity(_ index: Int) throws -> IntensityCurve? {
    let (piece, window) = windows[index]
    return try corpus.intensity(of: piece).cropped(to: window)
  }

  package func identity(_ index: Int) -> String? {
    let (piece, window) = windows[index]
    return "corpus \(piece.version) \(piece.id) \(piece.audioDigest) \(piece.midiDigest) \(window.start) \(window.end)"
  }

  package func recording(_ index: Int) -> RecordingExcerpt? {
    let (piece, window) = windows[index]
    return RecordingExcerpt(path: "\(corpus.folder)/\(piece.audio)", start: window.start, end: window.end)
  }

  private static func starts(duration: Double, excerpt: Double, hop: Double) -> [Double] {
    guard duration > excerpt else { return [0] }
    return Array(stride(from: 0, to: duration - excerpt, by: hop)) + [duration - excerpt]
  }
}
