public import Policies

/// A question about a track that has been listened to.
public struct AudioPrompt: Sendable, Hashable {
  /// What the encoder made of the track.
  public var audio: EncodedAudio
  /// The question in the policy's vocabulary, ended by ``Vocabulary/begin``.
  public var question: [Token]
  /// The second that the track's start is called: 0, but for lessons that place a track elsewhere to teach later times.
  ///
  /// Times in question and answer count from there.
  public var firstSecond: Int

  public init(audio: EncodedAudio, question: [Token], firstSecond: Int = 0) {
    self.audio = audio
    self.question = question
    self.firstSecond = firstSecond
  }
}
