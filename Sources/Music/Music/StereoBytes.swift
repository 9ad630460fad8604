/// Samples of 16 bit, two channels in turn, little-endian, taken up as they come into one channel.
struct StereoBytes {
  /// Frames that are taken at most.
  let limit: Int
  private(set) var signal = AudioSignal(samples: [])
  /// Bytes of a frame that has not come whole.
  private var rest: [UInt8] = []

  init(limit: Int) {
    self.limit = limit
  }

  var isFull: Bool { signal.samples.count >= limit }

  /// Takes what there is room for; returns whether there is room for more.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    rest += bytes
    let frames = min(rest.count / 4, limit - signal.samples.count)
    for frame in 0..<max(0, frames) {
      let left = Int16(bitPattern: UInt16(rest[4 * frame]) | UInt16(rest[4 * frame + 1]) << 8)
      let right = Int16(bitPattern: UInt16(rest[4 * frame + 2]) | UInt16(rest[4 * frame + 3]) << 8)
      signal.samples.append((Float(left) / 32_768 + Float(right) / 32_768) * 0.5)
    }
    rest.removeFirst(4 * max(0, frames))
    return !isFull
  }
}
