import MusTBench
import Music
package import Questions
package import Timelines

/// A track of somebody's own: a stretch of a recording, and what is known of it.
package struct RecordedTrack: Sendable {
  /// What is true of it; of a track that questions are given for, no more than its name and its length.
  package var timeline: Timeline
  /// Where it is heard: a whole path, and both times.
  package var sound: RecordingExcerpt
  /// What is asked about it; `nil` where that is made from the timeline.
  package var questions: [Question]?
  /// What it is a variation of; empty where nothing is known.
  package var family = ""
  /// File, or file and line, that it is from.
  package var origin: String

  /// What no split parts: the family, or the recording that it is an excerpt of.
  package var piece: String { family.isEmpty ? TrackSplit.piece(ofTrack: timeline.trackID) : family }

  /// Windows of `length` seconds, one every `hop` seconds, the last flush with the end and shorter by less than a second where the end is
  /// no whole one; the track itself where it is no longer than a window.
  package func excerpts(length: Double, hop: Double) -> [RecordedTrack] {
    guard timeline.duration > length else { return [self] }
    let last = (timeline.duration - length).rounded(.up)
    return (Array(stride(from: 0, to: last, by: hop)) + [last]).map { start in
      let window = Interval(start, min(start + length, timeline.duration))
      var part = self
      part.timeline = timeline.cropped(to: window)
      let first = (sound.start ?? 0) + window.start
      part.sound = RecordingExcerpt(path: sound.path, start: first, end: min(first + window.duration, sound.end ?? .infinity))
      return part
    }
  }
}
