/// A JSON object. Written with `trackID`, intervals as `{"start": …, "end": …}` and sections with an `interval`; read as well with
/// `track_id`, with intervals as `[start, end]` and with `start` and `end` beside the other keys of a section.
///
/// Decoding sorts the intervals of a lane and refuses what ``structuralFaults(tolerance:)`` finds: whoever reads a timeline may rely on
/// what ``Timeline`` promises. `lanes` and `sections` may be missing. Annotators begin with the first boundary and end with the last: the
/// first section then reaches back to 0, and the last to the end of the track, over at most 30 s.
extension Timeline: Codable {
  private enum CodingKeys: String, CodingKey {
    case trackID, duration, lanes, sections
    case track = "track_id"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let id =
      try container.decodeIfPresent(Identifier.self, forKey: .trackID) ?? container.decode(Identifier.self, forKey: .track)
    self.init(
      trackID: id.text, duration: try container.decode(TrackLength.self, forKey: .duration).seconds,
      lanes: try container.decodeIfPresent([Lane].self, forKey: .lanes) ?? [],
      sections: try container.decodeIfPresent([Section].self, forKey: .sections) ?? [])
    reachEnds()
    let faults = structuralFaults()
    guard faults.isEmpty else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "track '\(trackID.shown)': " + faults.joined(separator: "; ")))
    }
  }

  /// Seconds before the first section, and after the last, that may belong to them.
  private static let longestMargin = 30.0

  private mutating func reachEnds() {
    guard let first = sections.first?.interval, let last = sections.last?.interval else { return }
    if first.start > Self.tolerance, first.start <= Self.longestMargin { sections[0].interval = Interval(0, first.end) }
    let rest = duration - last.end
    if rest > Self.tolerance, rest <= Self.longestMargin {
      sections[sections.count - 1].interval = Interval(sections[sections.count - 1].interval.start, duration)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(trackID, forKey: .trackID)
    try container.encode(duration, forKey: .duration)
    try container.encode(lanes, forKey: .lanes)
    try container.encode(sections, forKey: .sections)
  }
}

extension Timeline.Lane: Codable {
  private enum CodingKeys: String, CodingKey { case label, intervals }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let label = try container.decode(String.self, forKey: .label)
    do {
      let intervals = try container.decode([Interval].self, forKey: .intervals)
      self.init(label: label, intervals: intervals.sorted { ($0.start, $0.end) < ($1.start, $1.end) })
    } catch DecodingError.dataCorrupted(let context) where context.debugDescription.hasPrefix("the ") {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: context.codingPath, debugDescription: "'\(label.shown)' has \(context.debugDescription)",
          underlyingError: context.underlyingError))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(label, forKey: .label)
    try container.encode(intervals, forKey: .intervals)
  }
}

extension Timeline.Section: Codable {
  private enum CodingKeys: String, CodingKey { case interval, label, intensity }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      interval: container.contains(.interval)
        ? try container.decode(Interval.self, forKey: .interval) : try Interval(from: decoder),
      label: try container.decodeIfPresent(String.self, forKey: .label) ?? "",
      intensity: try container.decode(Double.self, forKey: .intensity))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(interval, forKey: .interval)
    try container.encode(label, forKey: .label)
    try container.encode(intensity, forKey: .intensity)
  }
}
