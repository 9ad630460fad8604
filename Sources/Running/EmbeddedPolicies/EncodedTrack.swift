package import AudioLanguageModel
import ExperimentKinds
import Music
import Numbers
import Randomness
package import Timelines
import Tracks

/// A track as the policy hears it, with what is true of it; what is heard is in memory, or fetched whenever it is asked for.
package struct EncodedTrack: HeardTrack {
  package let timeline: Timeline
  private let fetch: @Sendable () throws -> EncodedAudio

  package init(timeline: Timeline, audio: EncodedAudio) {
    self.init(timeline: timeline) { audio }
  }

  /// - Parameter audio: gives the same each time.
  init(timeline: Timeline, audio: @escaping @Sendable () throws -> EncodedAudio) {
    self.timeline = timeline
    fetch = audio
  }

  /// What is heard of it.
  package var audio: EncodedAudio { get throws { try fetch() } }

  /// The track as if it were true of its intensity what the encoder hears: one section for each stretch of one level in `column`.
  ///
  /// A policy learns to read levels from it without being told that the reading is wrong wherever the hearing is.
  func believing(_ column: Int) throws -> EncodedTrack {
    let audio = try audio
    let level = Curve(of: audio.heads, column: column)
    var heard = timeline
    heard.sections = Curve.stretches(between: level.changes, duration: timeline.duration).map {
      .init(interval: $0, label: "", intensity: Double(level.mean(in: $0)))
    }
    return EncodedTrack(timeline: heard, audio: audio)
  }

  /// Every second time a stretch between two whole seconds, of any length from `shortest` up; else, and where the track is no longer, all.
  func stretch(atLeast shortest: Double, using stream: inout RandomStream) throws -> EncodedTrack {
    let (least, whole) = (Int(saturating: shortest.rounded(.up)), Int(saturating: timeline.duration))
    guard least > 0, least < whole, stream.chance(0.5) else { return self }
    let length = stream.integer(in: least...whole)
    let start = stream.integer(in: 0...(whole - length))
    let cut = timeline.cropped(to: Interval(Double(start), Double(start + length)))
    return EncodedTrack(timeline: cut, audio: try audio.cropped(to: start..<start + length, named: cut.trackID))
  }
}
