import CMpg123
import Foundation

/// A file of MPEG audio (MP3), decoded to its last frame whatever its header says.
///
/// The delays of encoder and decoder are cut off where an info frame (Xing, LAME) gives them.
final class MPEGStream: SoundStream {
  let rate: Int
  let channels: Int
  private(set) var announcedFrames: Int?
  private(set) var isDamaged = false
  private let path: String
  private let handle: OpaquePointer

  private static let isReady = mpg123_init() == MPG123_OK.rawValue
  /// Bytes that are searched for the first frame, after tags.
  private static let searched = 1 << 20

  init(path: String) throws(MusicError) {
    self.path = path
    handle = try Self.opened(path, flags: 0)
    var (rate, channels, encoding) = (0, Int32(0), Int32(0))
    guard mpg123_getformat(handle, &rate, &channels, &encoding) == MPG123_OK.rawValue, encoding == MPG123_ENC_FLOAT_32.rawValue
    else {
      let reason = String(cString: mpg123_strerror(handle))
      mpg123_close(handle)
      mpg123_delete(handle)
      throw MusicError(
        .malformed, path: path, "is no audio that can be read here (\(reason)): give a WAV, FLAC, OGG or MP3 file")
    }
    (self.rate, self.channels) = (rate, Int(channels))
    announcedFrames = Self.announced(path, length: Int(mpg123_length(handle)))
  }

  deinit {
    mpg123_close(handle)
    mpg123_delete(handle)
  }

  private static func opened(_ path: String, flags: UInt32) throws(MusicError) -> OpaquePointer {
    guard isReady, let handle = mpg123_new(nil, nil) else {
      throw MusicError(.tool, path: path, "cannot be decoded: libmpg123 does not start; install libmpg123-0 anew")
    }
    let flags = MPG123_QUIET.rawValue | MPG123_FORCE_FLOAT.rawValue | flags
    _ = mpg123_param2(handle, Int32(MPG123_ADD_FLAGS.rawValue), Int(flags), 0)
    _ = mpg123_param2(handle, Int32(MPG123_REMOVE_FLAGS.rawValue), Int(MPG123_AUTO_RESAMPLE.rawValue), 0)
    _ = mpg123_param2(handle, Int32(MPG123_RESYNC_LIMIT.rawValue), searched, 0)
    guard mpg123_open(handle, path) == MPG123_OK.rawValue else {
      let reason = String(cString: mpg123_strerror(handle))
      mpg123_delete(handle)
      throw MusicError(.unreadable, path: path, "cannot be opened (\(reason)): is it there, and may it be read?")
    }
    return handle
  }

  /// The length, if it is an info frame's: without such a frame it is a guess from the file's size, and the same when none is looked for.
  private static func announced(_ path: String, length: Int) -> Int? {
    guard length > 0, let handle = try? opened(path, flags: MPG123_IGNORE_INFOFRAME.rawValue) else { return nil }
    defer {
      mpg123_close(handle)
      mpg123_delete(handle)
    }
    var (rate, channels, encoding) = (0, Int32(0), Int32(0))
    guard mpg123_getformat(handle, &rate, &channels, &encoding) == MPG123_OK.rawValue else { return nil }
    return Int(mpg123_length(handle)) == length ? nil : length
  }

  func read(into buffer: inout [Float], frames: Int) throws(MusicError) -> Int {
    let size = MemoryLayout<Float>.size * channels
    var done = 0
    var hasStarted = false
    while done == 0 {
      let result = buffer.withUnsafeMutableBytes { mpg123_read(handle, $0.baseAddress, frames * size, &done) }
      switch result {
      case MPG123_OK.rawValue: break
      case MPG123_NEW_FORMAT.rawValue where !hasStarted:
        hasStarted = true
        var (newRate, newChannels, encoding) = (0, Int32(0), Int32(0))
        mpg123_getformat(handle, &newRate, &newChannels, &encoding)
        guard newRate == rate, newChannels == channels else {
          throw MusicError(
            .unsupported, path: path,
            "goes on with \(newChannels) channels at \(newRate) Hz after \(channels) at \(rate): give its parts as files of their own"
          )
        }
      case MPG123_DONE.rawValue: return done / size
      default:
        isDamaged = true
        return done / size
      }
    }
    return done / size
  }

  func countedFrames() -> Int? {
    guard mpg123_scan(handle) == MPG123_OK.rawValue else { return nil }
    let length = Int(mpg123_length(handle))
    return length > 0 ? length : nil
  }

  /// What a frame says may stand in those before it (the bit reservoir), so some are decoded that are not heard.
  func seek(toFrame frame: Int) -> Bool {
    let first = max(0, frame - 16 * 1152)
    return mpg123_seek(handle, first, SEEK_SET) == first && discard(frame - first)
  }
}
