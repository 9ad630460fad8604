import Files
public import Music
public import Questions
public import Timelines

/// Annotated tracks by number; a track depends on its number alone.
public protocol TrackSource: Sendable {
  var count: Int { get }

  /// What is true of the track, and its log-mel spectrogram.
  func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram)

  /// What is true of the track, without its sound.
  func timeline(_ index: Int) throws -> Timeline

  /// The track's sound.
  func signal(_ index: Int) throws -> AudioSignal

  /// How energetic the track is over time, from its notes; `nil` where they are not known.
  func intensity(_ index: Int) throws -> IntensityCurve?

  /// All that a track depends on beside the program, in words; equal words mean the same bytes. `nil` keeps it out of the cache.
  func identity(_ index: Int) -> String?

  /// What is asked about the track where the source has questions of its own; `nil` where they are made from the timeline.
  func questions(_ index: Int) throws -> [Question]?

  /// The file in which the track's sound lies; `nil` where there is none: it can be rendered.
  func recording(_ index: Int) throws -> RecordingExcerpt?
}

extension TrackSource {
  public func timeline(_ index: Int) throws -> Timeline { try track(index).timeline }

  public func signal(_ index: Int) throws -> AudioSignal {
    throw FileError(path: try timeline(index).trackID, message: "is a track of which there are features and no sound")
  }

  public func intensity(_ index: Int) throws -> IntensityCurve? { nil }

  public func identity(_ index: Int) -> String? { nil }

  public func questions(_ index: Int) throws -> [Question]? { nil }

  public func recording(_ index: Int) throws -> RecordingExcerpt? { nil }
}
