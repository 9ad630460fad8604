package import Tensors

/// A track as the music encoder hears it, five frames a second; frame i stands for second i / 5.
package struct EncodedAudio: Sendable, Hashable {
  package var trackID: String
  /// Length of the track in seconds.
  package var duration: Double
  /// What the encoder's last layer says of each frame, normalised: [n, width].
  package var frames: Tensor
  /// What the heads say of each frame, [n, 3 + 3 · instruments]: probability of a transition; signed change of intensity;
  /// level of intensity, 0…1 where trained; then for each instrument in order the probabilities of playing, of entering, and
  /// of leaving, first all of the one kind.
  package var heads: Tensor

  package init(trackID: String, duration: Double, frames: Tensor, heads: Tensor) {
    precondition(frames.rows == heads.rows, "\(frames.rows) frames with \(heads.rows) rows of head outputs")
    self.trackID = trackID
    self.duration = duration
    self.frames = frames
    self.heads = heads
  }

  /// What lies between two whole seconds of the track, as it was heard in the whole.
  package func cropped(to seconds: Range<Int>, named trackID: String) -> EncodedAudio {
    let rate = MusicEncoderConfiguration.framesPerSecond
    let rows = min(seconds.lowerBound * rate, frames.rows)..<min(seconds.upperBound * rate, frames.rows)
    return EncodedAudio(
      trackID: trackID, duration: Double(seconds.count), frames: frames.rows(rows), heads: heads.rows(rows))
  }
}
