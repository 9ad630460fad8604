/// One annotated track as a file holds it: a JSON object, one a line in `.jsonl`, one a file in `.json`.
///
///     {"track_id":"song","duration":222.4,"audio":"song.flac",
///      "lanes":[{"label":"piano","intervals":[[0,57.2],[80,222.4]]}],
///      "sections":[{"start":0,"end":57.2,"label":"verse","intensity":0.25}, …]}
///
/// Times are seconds. `audio` is a path beside the file and may be missing, `label` of a section too; `lanes` and `sections` may be
/// missing or empty, but not both. Intensity is 0…1. What `takt tracks compose` and `takt tracks corpus` write is read as well.
///
/// What ``Timeline/structuralFaults(tolerance:)`` finds is refused. Times that leave the track within its tolerance are moved to its
/// ends.
package struct TimelineRecord: Sendable, Hashable, Decodable {
  package var timeline: Timeline
  package var audio: String?
  /// A name that a piece and its variations share, so that no split parts them; `nil` where the record says none.
  ///
  /// A corpus's variations have it; the piece itself is known by the checksum of its notes, which is their family.
  package var family: String?

  private enum CodingKeys: String, CodingKey { case audio, timeline, family, midiDigest }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    audio = try container.decodeIfPresent(String.self, forKey: .audio)
    family =
      try container.decodeIfPresent(String.self, forKey: .family)
      ?? container.decodeIfPresent(String.self, forKey: .midiDigest)
    if let family, family.utf8.count > InputLimit.label {
      throw DecodingError.dataCorruptedError(
        forKey: .family, in: container,
        debugDescription: "a 'family' of \(family.utf8.count) bytes; at most \(InputLimit.label) are allowed")
    }
    timeline =
      try container.contains(.timeline) ? container.decode(Timeline.self, forKey: .timeline) : Timeline(from: decoder)
    guard !timeline.lanes.isEmpty || !timeline.sections.isEmpty else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "track '\(timeline.trackID.shown)' has neither 'lanes' nor 'sections': give at least one of them"))
    }
    timeline.clamp()
  }
}

extension Timeline {
  /// Moves times before the start or past the end of the track to there; drops intervals that keep no length.
  fileprivate mutating func clamp() {
    let track = Interval(0, duration)
    func inside(_ interval: Interval) -> Interval? {
      Interval(start: max(track.start, interval.start), end: min(track.end, interval.end))
    }
    for index in lanes.indices {
      lanes[index].intervals = lanes[index].intervals.compactMap(inside).filter { $0.duration > 0 }
    }
    sections = sections.compactMap { section in
      inside(section.interval).map { Section(interval: $0, label: section.label, intensity: section.intensity) }
    }
  }
}
