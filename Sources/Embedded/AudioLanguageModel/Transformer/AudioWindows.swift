package import Tensors

/// What the projector sees of a track: one row for each audio token.
///
/// A token at frame f is made from the encoder's frames f − 2 … f + 2 (5 Hz); frames outside the track are zeros.
package struct AudioWindows: Sendable {
  /// The frames of each token side by side: [tokens, 5 · frame width].
  package let stacked: Tensor
  /// The head outputs of each token: the mean over its frames for level and activity, the one of largest size for events.
  package let pooled: Tensor

  static let framesPerSecond = MusicEncoderConfiguration.framesPerSecond
  private static let reach = framesPerSecond / 2

  /// - Parameter layout: what the columns of the head outputs mean.
  package init(_ audio: EncodedAudio, at placement: AudioTokenPlacement, layout: EncoderHeads) {
    let (frames, heads) = (audio.frames, audio.heads)
    let (count, width) = (frames.rows, frames.columns)
    let centres = placement.frames
    func window(_ centre: Int) -> Range<Int> {
      max(0, min(count, centre - Self.reach))..<max(0, min(count, centre + Self.reach + 1))
    }
    stacked = Tensor(shape: [centres.count, Self.framesPerSecond * width]) { rows in
      rows.update(repeating: 0)
      frames.withUnsafeBufferPointer { frames in
        guard let source = frames.baseAddress, let target = rows.baseAddress else { return }
        for (token, centre) in centres.enumerated() {
          let window = window(centre)
          let first = centre - Self.reach
          (target + (token * Self.framesPerSecond + window.lowerBound - first) * width).update(
            from: source + window.lowerBound * width, count: window.count * width)
        }
      }
    }
    let columns = heads.columns
    let isEvent = (0..<columns).map(layout.isEvent)
    pooled = Tensor(shape: [centres.count, columns]) { rows in
      heads.withUnsafeBufferPointer { heads in
        for (token, centre) in centres.enumerated() {
          for column in 0..<columns {
            rows[token * columns + column] = Self.pool(heads, window(centre), column, of: columns, isEvent: isEvent[column])
          }
        }
      }
    }
  }

  /// The largest by size, or the mean, of one column over a range of rows; 0 for no rows.
  private static func pool(
    _ values: UnsafeBufferPointer<Float>, _ rows: Range<Int>, _ column: Int, of columns: Int, isEvent: Bool
  ) -> Float {
    var (sum, largest): (Float, Float) = (0, 0)
    for row in rows {
      let value = values[row * columns + column]
      sum += value
      if abs(value) > abs(largest) { largest = value }
    }
    return isEvent ? largest : sum / Float(max(1, rows.count))
  }
}
