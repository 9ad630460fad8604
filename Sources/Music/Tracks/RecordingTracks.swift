import Files
import Foundation
package import Music
package import Questions
package import Recordings
package import Timelines

/// Tracks of somebody's own, decoded when they are asked for.
package struct RecordingTracks: TrackSource {
  private let tracks: [RecordedTrack]

  package var count: Int { tracks.count }

  package init(_ tracks: [RecordedTrack]) {
    self.tracks = tracks
  }

  package func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    (tracks[index].timeline, LogMel().spectrogram(of: try signal(index)))
  }

  package func timeline(_ index: Int) -> Timeline { tracks[index].timeline }

  package func signal(_ index: Int) throws -> AudioSignal {
    let track = tracks[index]
    do {
      return try AudioFile.excerpt(track.sound.path, window: track.sound.window ?? Interval(0, track.timeline.duration))
    } catch {
      throw NamedError("\(track.origin): track '\(track.timeline.trackID)': its audio \(error)")
    }
  }

  /// The file by its path, size and time of change, the stretch, and what is true of it.
  package func identity(_ index: Int) -> String? {
    let track = tracks[index]
    var status = stat()
    guard stat(track.sound.path, &status) == 0, let timeline = try? JSONText.line(track.timeline) else { return nil }
    let (start, end) = (track.sound.start ?? 0, track.sound.end ?? 0)
    return
      "recording \(track.sound.path) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) \(start) \(end) \(timeline)"
  }

  package func questions(_ index: Int) -> [Question]? { tracks[index].questions }

  package func recording(_ index: Int) -> RecordingExcerpt? { tracks[index].sound }
}
