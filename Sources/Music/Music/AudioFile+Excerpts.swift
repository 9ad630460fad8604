import Numbers
package import Timelines

extension AudioFile {
  /// Endings of files that are looked for as sound.
  package static let extensions = ["wav", "flac", "mp3", "ogg", "oga", "opus", "aif", "aiff", "w64", "au", "caf"]

  /// A stretch of a file that may last up to a day, as one channel at 16 kHz; what lies before it is stepped over where the format can.
  ///
  /// A stretch that ends after the file ends with it. Throws where ``read(_:window:)`` throws, but for files of several recordings.
  package static func excerpt(_ path: String, window: Interval) throws(MusicError) -> AudioSignal {
    var reader = try AudioReader(path: path, from: window.start)
    let first = Int(saturating: (window.start * AudioSignal.sampleRate).rounded())
    let end = Int(saturating: (window.end * AudioSignal.sampleRate).rounded())
    var samples: [Float] = []
    samples.reserveCapacity(min(max(0, end - first), Int(saturating: (InputLimit.duration * AudioSignal.sampleRate))))
    var position = reader.firstSample
    while position < end, let block = try reader.next() {
      let from = min(max(first - position, 0), block.count)
      let to = min(end - position, block.count)
      if from < to { samples += block[from..<to] }
      position += block.count
    }
    guard !samples.isEmpty else {
      throw MusicError(
        .unsupported, path: path,
        "lasts \(reader.decodedDuration) s, but the excerpt starts at \(window.start) s: choose an earlier one")
    }
    return AudioSignal(samples: samples)
  }

  /// How long the sound in a file of up to a day lasts, in seconds, as its header says; counted where it says nothing.
  ///
  /// Where the header says it the last second is decoded: a file that was cut short is refused here and not in the middle of a run. What is
  /// damaged in its midst is found where it is read.
  package static func length(of path: String) throws(MusicError) -> Double {
    var reader = try AudioReader(path: path, from: 0)
    if let announced = reader.announcedDuration {
      var end = try AudioReader(path: path, from: max(0, announced - 1))
      while try end.next() != nil {}
      return announced
    }
    if let counted = reader.countedFrames() { return Double(counted) / Double(reader.fileRate) }
    while try reader.next() != nil {}
    return reader.decodedDuration
  }
}
