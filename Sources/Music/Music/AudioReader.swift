import Numbers
import Timelines

/// Reads a file as blocks of one channel at 16 kHz.
package struct AudioReader: ~Copyable {
  package let path: String
  /// Seconds that the file's header promises; `nil` where it says nothing to rely on.
  package var announcedDuration: Double? { stream.announcedFrames.map { Double($0) / Double(fileRate) } }
  /// Seconds that were decoded so far: all of them once ``next()`` has returned `nil`.
  package var decodedDuration: Double { Double(frames) / Double(fileRate) }
  /// Samples a second in the file.
  package var fileRate: Int { stream.rate }
  package var channels: Int { stream.channels }
  private let stream: any SoundStream
  private var resampler: Resampler
  /// Those read so far.
  private var frames = 0
  private var interleaved: [Float]
  private var isFinished = false
  /// Seconds that the file may last.
  private let longest: Double
  /// Where the first sample that is read lies in the whole file at 16 kHz.
  private(set) var firstSample = 0

  private static let blockFrames = 1 << 16
  private static let allowedRates = 4_000...384_000
  private static let allowedChannels = 1...64
  /// Compressed formats may end a little before their header says.
  private static let lengthTolerance = 0.1

  /// Throws where the file is missing, no audio, or of a length, rate or number of channels that is not allowed.
  package init(path: String) throws(MusicError) {
    try self.init(path: path, isSearched: true, longest: AudioFile.allowedDuration.upperBound)
  }

  /// Reads from a second on, or from a little before it: see ``firstSample``.
  ///
  /// The file may last a day, and is not searched for a second recording.
  ///
  /// The samples are those that reading from the beginning gives, as far as the format lets the decoder start anywhere: those of WAV and
  /// FLAC are the same, those of MP3 and OGG all but.
  package init(path: String, from start: Double) throws(MusicError) {
    try self.init(path: path, isSearched: false, longest: InputLimit.duration)
    let frame = Int(saturating: start * Double(fileRate)) - resampler.reach
    let first = max(0, frame) / resampler.period * resampler.period
    guard first > 0, announcedDuration.map({ start < $0 }) ?? true, stream.seek(toFrame: first) else { return }
    frames = first
    firstSample = resampler.outputs(of: first)
  }

  private init(path: String, isSearched: Bool, longest: Double) throws(MusicError) {
    let stream = try SoundFormat(ofFile: path, isSearched: isSearched).stream(path: path)
    guard Self.allowedRates.contains(stream.rate), Self.allowedChannels.contains(stream.channels) else {
      throw MusicError(
        .unsupported, path: path,
        "has \(stream.channels) channels at \(stream.rate) Hz; allowed are 1…64 channels at 4000…384000 Hz")
    }
    let announced = stream.announcedFrames.map { Double($0) / Double(stream.rate) }
    if let problem = announced.flatMap({ Self.problem(with: $0, longest: longest) }) {
      throw MusicError(.unsupported, path: path, problem)
    }
    self.stream = stream
    self.path = path
    self.longest = longest
    resampler = Resampler(inputRate: stream.rate)
    interleaved = [Float](repeating: 0, count: Self.blockFrames * stream.channels)
  }

  /// Frames of the whole file, counted without decoding them where the format can.
  func countedFrames() -> Int? { stream.countedFrames() }

  private static func problem(with duration: Double, longest: Double) -> String? {
    if duration < AudioFile.allowedDuration.lowerBound { return "lasts \(duration) s; at least 1 s is needed" }
    return duration > longest ? "lasts \(duration) s; at most \(Self.seconds(longest)) s are allowed: cut it into parts" : nil
  }

  private static func seconds(_ time: Double) -> String { "\(Int(saturating: time))" }

  /// The next samples, at most a few seconds of them; `nil` after the last.
  ///
  /// Throws where the file is damaged, ends before its header says, or is found to be too short or too long.
  package mutating func next() throws(MusicError) -> [Float]? {
    while !isFinished {
      let read = try stream.read(into: &interleaved, frames: Self.blockFrames)
      if read == 0 {
        try checkEnd()
        isFinished = true
        let rest = resampler.finish()
        return rest.isEmpty ? nil : rest
      }
      frames += read
      if decodedDuration > longest {
        throw MusicError(
          .unsupported, path: path, "lasts more than \(Self.seconds(longest)) s, which are allowed at most: cut it into parts")
      }
      let block = resampler.push(try mixed(frames: read))
      if !block.isEmpty { return block }
    }
    return nil
  }

  private func checkEnd() throws(MusicError) {
    let announced = stream.announcedFrames.map { Double($0) / Double(fileRate) } ?? decodedDuration
    guard !stream.isDamaged, announced - decodedDuration < Self.lengthTolerance else {
      throw MusicError(
        .malformed, path: path,
        "is damaged: its header promises \(announced) s, but it can be decoded for only \(decodedDuration) s; get it anew")
    }
    if let problem = Self.problem(with: decodedDuration, longest: longest) {
      throw MusicError(.unsupported, path: path, problem)
    }
  }

  private func mixed(frames: Int) throws(MusicError) -> [Float] {
    let share = 1 / Float(channels)
    let channels = channels
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
    let time = Double(self.frames - frames + bad) / Double(fileRate)
    throw MusicError(.malformed, path: path, "holds a sample that is no number at \(time) s: export it anew")
  }
}
