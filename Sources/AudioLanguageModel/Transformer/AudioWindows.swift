package import Tensors

/// What the projector sees of a track: one row for each second.
///
/// Row s stands for second s and is made from the encoder's frames 5s − 2 … 5s + 2 (5 Hz); frames outside the track are zeros.
package struct AudioWindows: Sendable {
  /// The frames of each second side by side: [seconds, 5 · frame width].
  package let stacked: Tensor
  /// The head outputs of each second: the mean over its frames for level and activity, the one of largest size for events.
  package let pooled: Tensor

  static let framesPerSecond = MusicEncoderConfiguration.framesPerSecond
  private static let reach = framesPerSecond / 2

  /// Seconds of a track with this many frames that have a row: 0 up to the last whole second.
  package static func secondCount(ofFrames frames: Int) -> Int {
    frames / framesPerSecond + 1
  }

  /// - Parameter layout: what the columns of the head outputs mean.
  package init(_ audio: EncodedAudio, layout: EncoderHeads) {
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
        guard let source = frames.baseAddress, let target = rows.baseAddress else { return }
        for second in 0..<seconds {
          let window = window(second)
          let first = second * Self.framesPerSecond - Self.reach
          (target + (second * Self.framesPerSecond + window.lowerBound - first) * width).update(
            from: source + window.lowerBound * width, count: window.count * width)
        }
      }
    }
    let columns = heads.columns
    let isEvent = (0..<columns).map(layout.isEvent)
    pooled = Tensor(shape: [seconds, columns]) { rows in
      heads.withUnsafeBufferPointer { heads in
        for second in 0..<seconds {
          for column in 0..<columns {
            rows[second * columns + column] = Self.pool(heads, window(second), column, of: columns, isEvent: isEvent[column])
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
