import CSndFile

/// A file that libsndfile decodes.
final class SndFileStream: SoundStream {
  let rate: Int
  let channels: Int
  let announcedFrames: Int?
  private let handle: OpaquePointer
  /// A frame before the last page of an OGG file; `nil` in other formats.
  private let lastPage: Int?

  var isDamaged: Bool { sf_error(handle) != 0 }

  /// - Parameters:
  ///   - wave: the chunks of the file where it is a WAV file.
  ///   - extent: what a file of another kind promises, where it does.
  init(path: String, wave: WaveChunks? = nil, extent: SampleExtent? = nil) throws(MusicError) {
    var info = SF_INFO()
    let isUnmeasured = wave?.isUnmeasured == true
    if isUnmeasured, let wave {
      guard let format = wave.rawFormat else {
        throw MusicError(
          .malformed, path: path, "has a data chunk of length 0 whose samples are packed: write it anew, with its length")
      }
      (info.samplerate, info.channels, info.format) = (Int32(clamping: wave.rate), Int32(clamping: wave.channels), format)
    }
    guard let handle = sf_open(path, Int32(SFM_READ), &info) else {
      let reason = String(cString: sf_strerror(nil))
      if sf_error(nil) == SF_ERR_SYSTEM {
        throw MusicError(.unreadable, path: path, "cannot be opened (\(reason)): is it there, and may it be read?")
      }
      throw MusicError(
        .malformed, path: path, "is no audio that can be read here (\(reason)): give a WAV, FLAC, OGG or MP3 file")
    }
    self.handle = handle
    rate = Int(info.samplerate)
    channels = Int(info.channels)
    let isPaged = info.format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_OGG)
    lastPage = isPaged && info.frames < sf_count_t.max ? Int(info.frames) - 10 * Int(info.samplerate) : nil
    if isUnmeasured, var start = wave?.dataStart {
      _ = sf_command(handle, Int32(SFC_SET_RAW_START_OFFSET), &start, Int32(MemoryLayout<sf_count_t>.size))
      sf_seek(handle, 0, Int32(SF_SEEK_SET))
      announcedFrames = nil
    } else if info.frames == sf_count_t.max {
      // FLAC and OGG written to a pipe do not say how long they are.
      announcedFrames = nil
    } else {
      let frames = Int(info.frames)
      announcedFrames = wave.map { $0.announced(frames: frames) } ?? extent.map { $0.announced(frames: frames) } ?? frames
    }
  }

  deinit {
    sf_close(handle)
  }

  func read(into buffer: inout [Float], frames: Int) -> Int {
    max(0, Int(sf_readf_float(handle, &buffer, sf_count_t(frames))))
  }

  func countedFrames() -> Int? { nil }

  /// Into the last page of an OGG file libsndfile goes with an error of some milliseconds, so the seconds before it are decoded.
  func seek(toFrame frame: Int) -> Bool {
    let first = lastPage.map { max(0, min(frame, $0)) } ?? frame
    return sf_seek(handle, sf_count_t(first), Int32(SF_SEEK_SET)) == sf_count_t(first) && discard(frame - first)
  }
}
