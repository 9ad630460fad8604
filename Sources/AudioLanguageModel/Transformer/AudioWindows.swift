import Tensors

/// What the projector sees of a track: one row for each second.
///
/// Row s stands for second s and is made from the encoder's frames 5s − 2 … 5s + 2 (5 Hz); frames outside the track are zeros.
struct AudioWindows: Sendable {
  /// The frames of each second side by side: [seconds, 5 · frame width].
  let stacked: Tensor
  /// The head outputs of each second: the mean over its frames for level and activity, the one of largest size for events.
  let pooled: Tensor

  static let framesPerSecond = MusicEncoderConfiguration.framesPerSecond
  private static let reach = framesPerSecond / 2

  /// Seconds of a track with this many frames that have a row: 0 up to the last whole second.
  static func secondCount(ofFrames frames: Int) -> Int {
    frames / framesPerSecond + 1
  }

  /// - Parameter layout: what the columns of the head outputs mean.
  init(_ audio: EncodedAudio, layout: EncoderHeads) {
    let (frames, heads) = (audio.frames, audio.heads)
    let (count, width) = (frames.rows, frames.columns)
    let seconds = Self.secondCount(ofFrames: count)
    func window(_ second: Int) -> Range<Int> {
      let centre = second * Self.framesPerSecond
      return max(0, centre - Self.reach)..<max(0, min(count, centre + Self.reach + 1))
    }
    stacked = Tensor(shape: [seconds, Self.framesPerSecond * width]) { rows in
      rows.update(repeating: 0)
      frames.withUnsafeBufferPointer { frames in
        for second in 0..<seconds {
          let first = second * Self.framesPerSecond - Self.reach
          for frame in window(second) {
            let target = (second * Self.framesPerSecond + frame - first) * width
            for column in 0..<width { rows[target + column] = frames[frame * width + column] }
          }
        }
      }
    }
    var pooled = Tensor(shape: [seconds, heads.columns])
    for second in 0..<seconds {
      for head in 0..<heads.columns {
        pooled[second, head] = Self.pool(window(second).map { heads[$0, head] }, isEvent: layout.isEvent(head))
      }
    }
    self.pooled = pooled
  }

  private static func pool(_ values: [Float], isEvent: Bool) -> Float {
    guard !values.isEmpty else { return 0 }
    return isEvent ? values.reduce(0) { abs($1) > abs($0) ? $1 : $0 } : values.reduce(0, +) / Float(values.count)
  }
}
