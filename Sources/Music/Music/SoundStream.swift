/// An open sound file that is decoded from a frame on, at first from its beginning.
protocol SoundStream: AnyObject {
  /// Samples a second.
  var rate: Int { get }
  var channels: Int { get }
  /// Frames that the file's header promises, where that is a promise and no guess; may be known only once all is read.
  var announcedFrames: Int? { get }
  /// Frames counted without decoding them, where the format can; `nil` where it cannot.
  func countedFrames() -> Int?
  /// Whether the decoder stopped for another reason than the file's end.
  var isDamaged: Bool { get }
  /// Reads frames, channels in turn, to the front of a buffer that has room for them; 0 at the end.
  func read(into buffer: inout [Float], frames: Int) throws(MusicError) -> Int
  /// Goes on at a frame; `false`, and as it was, where that is not possible.
  func seek(toFrame frame: Int) -> Bool
}

extension SoundStream {
  /// Decodes frames that nobody hears; `false` where the file ends before.
  func discard(_ frames: Int) -> Bool {
    var buffer = [Float](repeating: 0, count: min(frames, 1 << 14) * channels)
    var left = frames
    while left > 0 {
      guard let read = try? read(into: &buffer, frames: min(left, 1 << 14)), read > 0 else { return false }
      left -= read
    }
    return true
  }
}
