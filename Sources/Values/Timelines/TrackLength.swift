/// The length of a track as files give it: above 0 s, at most ``InputLimit/duration``.
///
/// A number of seconds, or a text that holds one: `180`, `"180"`, `"3:00"`, `"1:02:30.5"`.
public struct TrackLength: Sendable, Hashable {
  public let seconds: Double

  /// `nil` where it is not finite or lies outside the bounds.
  public init?(seconds: Double) {
    guard seconds > 0, seconds <= InputLimit.duration else { return nil }
    self.seconds = seconds
  }

  /// Seconds, or `M:SS` or `H:MM:SS` with or without a fraction; `nil` for anything else.
  package static func seconds(in text: String) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var sum = 0.0
    for (place, part) in parts.enumerated() {
      let isLast = place == parts.count - 1
      guard part.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." && isLast }), let number = Double(part) else { return nil }
      guard place == 0 || number < 60 && part.prefix(2).allSatisfy(\.isNumber) && part.count >= 2 else { return nil }
      sum = 60 * sum + number
    }
    return sum
  }
}

extension TrackLength: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let value: Double
    if let text = try? container.decode(String.self) {
      guard let seconds = Self.seconds(in: text) else {
        throw DecodingError.dataCorruptedError(
          in: container,
          debugDescription: "the duration '\(text.shown)' is no length: write seconds, such as 222.4, or leave it out")
      }
      value = seconds
    } else {
      value = try container.decode(Double.self)
    }
    guard let length = TrackLength(seconds: value) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription:
          "the duration \(value) s: a track is longer than 0 s and lasts at most \(InputLimit.duration) s, a day")
    }
    self = length
  }
}
