public import Policies

/// A question about a track that has been listened to.
public struct AudioPrompt: Sendable, Hashable {
  /// What the encoder made of the track.
  public var audio: EncodedAudio
  /// The question in the policy's vocabulary, ended by ``Vocabulary/begin``.
  public var question: [Token]

  public init(audio: EncodedAudio, question: [Token]) {
    self.audio = audio
    self.question = question
  }
}
