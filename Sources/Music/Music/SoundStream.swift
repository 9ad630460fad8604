/// An open sound file that is decoded from its beginning to its end.
protocol SoundStream: AnyObject {
  /// Samples a second.
  var rate: Int { get }
  var channels: Int { get }
  /// Frames that the file's header promises, where that is a promise and no guess; may be known only once all is read.
  var announcedFrames: Int? { get }
  /// Whether the decoder stopped for another reason than the file's end.
  var isDamaged: Bool { get }
  /// Reads frames, channels in turn, to the front of a buffer that has room for them; 0 at the end.
  func read(into buffer: inout [Float], frames: Int) throws(MusicError) -> Int
}
