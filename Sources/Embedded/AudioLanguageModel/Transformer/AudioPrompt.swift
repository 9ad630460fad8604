package import Policies

/// A question about a track that has been listened to.
package struct AudioPrompt: Sendable, Hashable {
  /// What the encoder made of the track.
  package var audio: EncodedAudio
  /// The question in the policy's vocabulary, ended by ``Vocabulary/begin``.
  package var question: [Token]
  /// The second that the track's start is called: 0, but for lessons that place a track elsewhere to teach later times.
  ///
  /// Times in question and answer count from there.
  package var firstSecond: Int

  package init(audio: EncodedAudio, question: [Token], firstSecond: Int = 0) {
    self.audio = audio
    self.question = question
    self.firstSecond = firstSecond
  }
}
