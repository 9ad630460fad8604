public import AudioLanguageModel
import Tensors
public import Timelines

/// A track as the policy hears it, with what is true of it.
public struct EncodedTrack: Sendable {
  public let timeline: Timeline
  public let audio: EncodedAudio

  public init(timeline: Timeline, audio: EncodedAudio) {
    self.timeline = timeline
    self.audio = audio
  }

  /// The track as if it were true of its intensity what the encoder hears: one section for each stretch of one level in `column`.
  ///
  /// A policy learns to read levels from it without being told that the reading is wrong wherever the hearing is.
  func believing(_ column: Int) -> EncodedTrack {
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    var starts: [Int] = []
    for row in 0..<audio.heads.rows where row == 0 || audio.heads[row, column] != audio.heads[row - 1, column] {
      starts.append(row)
    }
    var heard = timeline
    heard.sections = starts.enumerated().map { place, row in
      let end = place + 1 < starts.count ? Double(starts[place + 1]) / rate : timeline.duration
      return .init(interval: Interval(Double(row) / rate, end), label: "", intensity: Double(audio.heads[row, column]))
    }
    return EncodedTrack(timeline: heard, audio: audio)
  }
}
