public import AudioLanguageModel
public import Timelines

/// A track as the policy hears it, with what is true of it.
public struct EncodedTrack: Sendable {
  public let timeline: Timeline
  public let audio: EncodedAudio

  public init(timeline: Timeline, audio: EncodedAudio) {
    self.timeline = timeline
    self.audio = audio
  }
}
