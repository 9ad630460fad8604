import CSndFile
import Numbers
public import Timelines

/// Sound in files: WAV, FLAC, OGG (Vorbis, Opus) and MP3, whatever libsndfile reads.
public enum AudioFile {
  /// Seconds of a file that is accepted.
  public static let allowedDuration = 1.0...3600.0

  /// The whole file, or a stretch of it, as one channel at 16 kHz: channels are averaged, other rates resampled.
  ///
  /// Reads block by block: memory is that of the result. A window that ends after the file ends with it.
  ///
  /// Throws where the file is missing, no audio, cut short, holds samples that are not finite, lasts less than 1 s or more than 1 h,
  /// or ends before the window starts.
  public static func read(_ path: String, window: Interval? = nil) throws(MusicError) -> AudioSignal {
    var reader = try AudioReader(path: path)
    let first = window.map { Int(saturating: ($0.start * AudioSignal.sampleRate).rounded()) } ?? 0
    let end = window.map { Int(saturating: ($0.end * AudioSignal.sampleRate).rounded()) } ?? .max
    var samples: [Float] = []
    samples.reserveCapacity(max(0, min(end, Int(saturating: reader.duration * AudioSignal.sampleRate) + 1) - max(0, first)))
    var position = 0
    while position < end, let block = try reader.next() {
      let from = min(max(first - position, 0), block.count)
      let to = min(end - position, block.count)
      if from < to { samples += block[from..<to] }
      position += block.count
    }
    if samples.isEmpty, let window {
      throw MusicError(
        .unsupported, path: path,
        "lasts \(reader.duration) s, but the window starts at \(window.start) s: choose an earlier one")
    }
    return AudioSignal(samples: samples)
  }
}

/// Reads a file as blocks of one channel at 16 kHz.
public struct AudioReader: ~Copyable {
  public let path: String
  /// Seconds, as the file's header has it.
  public let duration: Double
  /// Samples a second in the file.
  public let fileRate: Int
  public let channels: Int
  private let handle: OpaquePointer
  private var resampler: Resampler
  private var framesLeft: Int
  private var interleaved: [Float]
  private var isFinished = false

  private static let blockFrames = 1 << 16
  private static let allowedRates = 4_000...384_000
  private static let allowedChannels = 1...64
  /// Compressed formats may end a little before their header says.
  private static let lengthTolerance = 0.1

  /// Throws where the file is missing, no audio, or of a length, rate or number of channels that is not allowed.
  public init(path: String) throws(MusicError) {
    var info = SF_INFO()
    handle = try Self.opened(path, &info)
    self.path = path
    fileRate = Int(info.samplerate)
    channels = Int(info.channels)
    framesLeft = Int(info.frames)
    duration = Double(info.frames) / Double(fileRate)
    resampler = Resampler(inputRate: fileRate)
    interleaved = [Float](repeating: 0, count: Self.blockFrames * channels)
  }

  private static func opened(_ path: String, _ info: inout SF_INFO) throws(MusicError) -> OpaquePointer {
    guard let handle = sf_open(path, Int32(SFM_READ), &info) else {
      let reason = String(cString: sf_strerror(nil))
      if sf_error(nil) == SF_ERR_SYSTEM {
        throw MusicError(.unreadable, path: path, "cannot be opened (\(reason)): is it there, and may it be read?")
      }
      throw MusicError(
        .malformed, path: path, "is no audio that can be read here (\(reason)): give a WAV, FLAC, OGG or MP3 file")
    }
    guard let problem = problem(with: info) else { return handle }
    sf_close(handle)
    throw MusicError(.unsupported, path: path, problem)
  }

  private static func problem(with info: SF_INFO) -> String? {
    guard allowedRates.contains(Int(info.samplerate)), allowedChannels.contains(Int(info.channels)) else {
      return "has \(info.channels) channels at \(info.samplerate) Hz; allowed are 1…64 channels at 4000…384000 Hz"
    }
    let duration = Double(info.frames) / Double(info.samplerate)
    if duration < AudioFile.allowedDuration.lowerBound { return "lasts \(duration) s; at least 1 s is needed" }
    if duration > AudioFile.allowedDuration.upperBound {
      return "lasts \(duration) s; at most 3600 s are allowed: cut it into parts"
    }
    return nil
  }

  deinit {
    sf_close(handle)
  }

  /// The next samples, at most a few seconds of them; `nil` after the last.
  public mutating func next() throws(MusicError) -> [Float]? {
    while !isFinished {
      let read = Int(sf_readf_float(handle, &interleaved, sf_count_t(Self.blockFrames)))
      if read == 0 {
        try checkEnd()
        isFinished = true
        let rest = resampler.finish()
        return rest.isEmpty ? nil : rest
      }
      framesLeft -= read
      let block = resampler.push(try mixed(frames: read))
      if !block.isEmpty { return block }
    }
    return nil
  }

  private func checkEnd() throws(MusicError) {
    let missing = Double(framesLeft) / Double(fileRate)
    guard sf_error(handle) == 0, missing < Self.lengthTolerance else {
      throw MusicError(
        .malformed, path: path,
        "is damaged: its header promises \(duration) s, but it can be decoded for only \(duration - missing) s; get it anew")
    }
  }

  private func mixed(frames: Int) throws(MusicError) -> [Float] {
    let share = 1 / Float(channels)
    let block = [Float](unsafeUninitializedCapacity: frames) { buffer, initialized in
      interleaved.withUnsafeBufferPointer { source in
        for frame in 0..<frames {
          var sum = source[frame * channels]
          for channel in 1..<max(channels, 1) { sum += source[frame * channels + channel] }
          buffer[frame] = sum * share
        }
      }
      initialized = frames
    }
    guard let bad = block.firstIndex(where: { !$0.isFinite }) else { return block }
    let time = duration - Double(framesLeft + frames - bad) / Double(fileRate)
    throw MusicError(.malformed, path: path, "holds a sample that is no number at \(time) s: export it anew")
  }
}
