/// Sound in a file, all of it or a stretch: what a question is asked about.
public struct RecordingExcerpt: Sendable, Hashable {
  /// Where the file lies; as a file of questions has it, relative to that file's folder.
  public var path: String
  /// Seconds from the beginning of the file; `nil` for the beginning.
  public var start: Double?
  /// Seconds from the beginning of the file; `nil` for its end.
  public var end: Double?

  public init(path: String, start: Double? = nil, end: Double? = nil) {
    (self.path, self.start, self.end) = (path, start, end)
  }

  /// The stretch in seconds of the file, where it ends.
  package var window: Interval? { end.flatMap { Interval(start: start ?? 0, end: $0) } }

  /// Seconds that it lasts, where it says so.
  package var duration: Double? { window?.duration }
}

/// `{"path": "song.mp3", "start": 12, "end": 72}`, or the path alone as text; times are seconds or `"M:SS"`.
///
/// Of keys beside these, those in which data sets keep samples are stepped over (`bytes`, `array`, `sampling_rate`); others are refused, so
/// that a stretch is not heard whole for a slip of the pen. Refused too where a time is not in 0…``InputLimit/duration``, and where the end
/// does not lie behind the start.
extension RecordingExcerpt: Codable {
  private enum CodingKeys: String, CodingKey { case path, start, end }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Keys of data sets in which the sound itself lies.
  private static let samples: Set<String> = ["bytes", "array", "sampling_rate", "samplerate", "sample_rate"]

  /// What other words for the keys mean.
  private static let meanings = [
    "file": "path", "filename": "path", "file_name": "path", "name": "path", "url": "path", "audio": "path", "begin": "start",
    "from": "start", "onset": "start", "offset": "start", "stop": "end", "to": "end", "until": "end", "duration": "end",
    "length": "end",
  ]

  /// Throws for a key that is not known, with the one that was meant.
  package static func checkKeys(_ decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    let known = ["path", "start", "end"]
    guard let strange = keys.filter({ !known.contains($0) && !samples.contains($0) }).min() else { return }
    let name = strange.lowercased()
    let meant = meanings[name] ?? known.first { name.first == $0.first }
    let missing = keys.contains("path") ? "" : "'path' is missing, and "
    let suggestion = meant.map { "; did you mean '\($0)'?" } ?? ""
    throw DecodingError.dataCorrupted(
      .init(
        codingPath: decoder.codingPath,
        debugDescription: "\(missing)the key '\(strange.shown)' is none of path, start and end\(suggestion)"))
  }

  public init(from decoder: any Decoder) throws {
    if let path = try? decoder.singleValueContainer().decode(String.self) {
      self.init(path: path)
    } else {
      try Self.checkKeys(decoder)
      let container = try decoder.container(keyedBy: CodingKeys.self)
      func time(_ key: CodingKeys) throws -> Double? {
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
        let text = try? container.decode(String.self, forKey: key)
        let seconds = try text.map { TrackLength.seconds(in: $0) } ?? container.decode(Double.self, forKey: key)
        guard let seconds, seconds >= 0, seconds <= InputLimit.duration else {
          throw DecodingError.dataCorruptedError(
            forKey: key, in: container,
            debugDescription: "the \(key.stringValue) '\(text?.shown ?? "\(seconds ?? 0)")' of an excerpt: write seconds in "
              + "0…\(InputLimit.duration), or M:SS")
        }
        return seconds
      }
      self.init(
        path: try container.decode(String.self, forKey: .path), start: try time(.start), end: try time(.end))
    }
    if path.isEmpty || path.unicodeScalars.contains("\0") {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "the path '\(path.shown)' names no file"))
    }
    if let end, end <= start ?? 0 {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "an excerpt from \(start ?? 0) to \(end) s: the end lies behind the start"))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(path, forKey: .path)
    try container.encodeIfPresent(start, forKey: .start)
    try container.encodeIfPresent(end, forKey: .end)
  }
}
