import Numbers
package import Timelines

/// Sound in files: WAV, FLAC, OGG (Vorbis, Opus) and whatever else libsndfile reads, and MP3 through libmpg123.
package enum AudioFile {
  /// Seconds of a file that is accepted.
  package static let allowedDuration = 1.0...3600.0

  /// The whole file, or a stretch of it, as one channel at 16 kHz: channels are averaged, other rates resampled.
  ///
  /// Reads block by block: memory is that of the result. A window that ends after the file ends with it.
  ///
  /// Throws where the file is missing, no audio, cut short, of several recordings, holds samples that are not finite, lasts less than 1 s
  /// or more than 1 h, or ends before the window starts.
  package static func read(_ path: String, window: Interval? = nil) throws(MusicError) -> AudioSignal {
    var reader = try AudioReader(path: path)
    let first = window.map { Int(saturating: ($0.start * AudioSignal.sampleRate).rounded()) } ?? 0
    let end =
      window.map { Int(saturating: (min($0.end, allowedDuration.upperBound + 1) * AudioSignal.sampleRate).rounded()) } ?? .max
    var samples: [Float] = []
    if let announced = reader.announcedDuration {
      samples.reserveCapacity(max(0, min(end, Int(saturating: announced * AudioSignal.sampleRate) + 1) - max(0, first)))
    }
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
        "lasts \(reader.decodedDuration) s, but the window starts at \(window.start) s: choose an earlier one")
    }
    return AudioSignal(samples: samples)
  }

  /// How long the sound in a file lasts, in seconds, from decoding all of it; throws where ``read(_:window:)`` throws.
  package static func duration(of path: String) throws(MusicError) -> Double {
    var reader = try AudioReader(path: path)
    while try reader.next() != nil {}
    return reader.decodedDuration
  }
}
