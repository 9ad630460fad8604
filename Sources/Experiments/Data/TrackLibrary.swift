public import AudioLanguageModel
import Music
public import Tensors
public import Timelines

/// Told how far a long piece of work is.
public struct WorkProgress: Sendable {
  public let report: @Sendable (_ title: String, _ done: Int, _ total: Int) -> Void

  public init(_ report: @escaping @Sendable (_ title: String, _ done: Int, _ total: Int) -> Void) {
    self.report = report
  }

  public static let silent = WorkProgress { _, _, _ in }
}

/// Prepares all tracks of a source, on all cores; the result does not depend on how many there are.
public enum TrackLibrary {
  private static let chunk = 32

  /// Tracks as the policy hears them.
  public static func encoded(
    _ source: any TrackSource, by encoder: MusicEncoder, title: String, progress: WorkProgress
  ) throws -> [EncodedTrack] {
    var tracks: [EncodedTrack] = []
    tracks.reserveCapacity(source.count)
    for start in stride(from: 0, to: source.count, by: chunk) {
      let part = try spectrograms(source, start..<min(start + chunk, source.count))
      let audio = try encoder.encode(part.map { ($0.timeline.trackID, $0.timeline.duration, $0.spectrogram) })
      tracks += zip(part, audio).map { EncodedTrack(timeline: $0.timeline, audio: $1) }
      progress.report(title, tracks.count, source.count)
    }
    return tracks
  }

  /// Tracks as the encoder sees them: `[frames, bands]` each.
  public static func spectrograms(
    _ source: any TrackSource, title: String, progress: WorkProgress
  ) throws -> [(spectrogram: Tensor, timeline: Timeline)] {
    var tracks: [(spectrogram: Tensor, timeline: Timeline)] = []
    for start in stride(from: 0, to: source.count, by: chunk) {
      tracks += try spectrograms(source, start..<min(start + chunk, source.count)).map { ($0.spectrogram, $0.timeline) }
      progress.report(title, tracks.count, source.count)
    }
    return tracks
  }

  private static func spectrograms(
    _ source: any TrackSource, _ indices: Range<Int>
  ) throws -> [(timeline: Timeline, spectrogram: Tensor)] {
    try parallelShards(indices.count) { offset in
      let (timeline, mel) = try source.track(indices.lowerBound + offset)
      return (timeline, Tensor(shape: [mel.frames, mel.bands], values: mel.values))
    }
  }
}
