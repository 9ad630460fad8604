/// Read as `[start, end]` or `{"start": …, "end": …}`, written as the latter.
///
/// Refused where an end is no finite number or lies beyond ``InputLimit/duration``, before or after 0, and where the end lies before the
/// start.
extension Interval: Codable {
  private enum CodingKeys: String, CodingKey { case start, end }

  public init(from decoder: any Decoder) throws {
    let (start, end) = try Self.ends(from: decoder)
    guard start <= end else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "the reversed interval \(start)–\(end) s: the end lies before the start"))
    }
    for time in [start, end] where abs(time) > InputLimit.duration {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "the time \(time) s: times are given in seconds, up to \(InputLimit.duration)"))
    }
    self.init(start, end)
  }

  private static func ends(from decoder: any Decoder) throws -> (start: Double, end: Double) {
    if var list = try? decoder.unkeyedContainer() {
      guard list.count == 2 else {
        throw DecodingError.dataCorruptedError(
          in: list, debugDescription: "an interval has a start and an end, not \(list.count ?? 0) numbers")
      }
      return (try list.decode(Double.self), try list.decode(Double.self))
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    return (try container.decode(Double.self, forKey: .start), try container.decode(Double.self, forKey: .end))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(start, forKey: .start)
    try container.encode(end, forKey: .end)
  }
}
