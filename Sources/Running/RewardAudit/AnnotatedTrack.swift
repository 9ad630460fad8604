package import Annotations
import MusTBench
package import Questions
import Timelines

/// A track's segments as an annotator named them.
///
/// One JSON object: `{"track_id": "t1", "duration": 180.5, "segments": [[0, 8.5, "intro"], [8.5, 25.5, "verse"], …]}`, times in
/// seconds.
package struct AnnotatedTrack: Sendable, Hashable {
  package typealias Segment = TrackAnnotation.Segment

  package var trackID: String
  /// Seconds.
  package var duration: Double
  package var segments: [Segment]

  package init(trackID: String, duration: Double, segments: [Segment]) {
    self.trackID = trackID
    self.duration = duration
    self.segments = segments
  }

  /// The segments of an annotation that name something.
  package init(_ annotation: TrackAnnotation, trackID: String) {
    self.init(
      trackID: trackID, duration: annotation.end,
      segments: annotation.named.compactMap { segment in
        Interval(start: segment.interval.start, end: min(annotation.end, segment.interval.end)).map {
          Segment($0, label: segment.label)
        }
      })
  }

  /// Most sections that a question about their order names.
  private static let mostItems = 6

  /// What may be asked about the segments whose label starts with `label`, in lower case: when they are heard (task `mtr`), when the
  /// first of them starts (task `tsg`), and in which order the track's sections come in (task `gto`).
  ///
  /// No question of a kind without an answer: a track without such a segment gives none of the first two.
  package func questions(about label: String) -> [Question] {
    let label = label.lowercased()
    let named = segments.filter { $0.label.lowercased().hasPrefix(label) && $0.interval.duration > 0 }.map(\.interval)
      .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    var questions: [Question] = []
    if let first = named.first {
      questions = [
        Question(
          id: "\(trackID)/mtr/\(label)", trackID: trackID, task: MoodTrajectoryReasoning.name,
          text: "When is the \(label) heard?", kind: .intervals,
          references: [.intervals(named)], duration: duration),
        Question(
          id: "\(trackID)/tsg/\(label)", trackID: trackID, task: TemporalSourceGrounding.name, category: "onset",
          text: "When does the first \(label) start?", kind: .instant, references: [.instant(first.start)], duration: duration),
      ]
    }
    return questions + [ordering()].compactMap { $0 }
  }

  /// The sections by first appearance, listed by name.
  private func ordering() -> Question? {
    var heard: [String] = []
    for segment in segments.sorted(by: { $0.interval.start < $1.interval.start }) {
      let name = Self.itemName(segment.label)
      if !name.isEmpty, !heard.contains(name) { heard.append(name) }
    }
    heard = Array(heard.prefix(Self.mostItems))
    let items = heard.sorted()
    let order = heard.compactMap { items.firstIndex(of: $0) }
    guard order.count > 1 else { return nil }
    return Question(
      id: "\(trackID)/gto/sections", trackID: trackID, task: "gto",
      text: "In which order do these sections first appear: \(items.joined(separator: ", "))?", kind: .order, items: items,
      references: [.order(order)], duration: duration)
  }

  /// The label without what an answer could not quote: its letters, digits and hyphens.
  private static func itemName(_ label: String) -> String {
    String(label.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }
}

extension AnnotatedTrack: Decodable {
  private enum CodingKeys: String, CodingKey {
    case duration, segments
    case trackID = "track_id"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let trackID = try container.decode(Identifier.self, forKey: .trackID).text
    let duration = try container.decode(TrackLength.self, forKey: .duration).seconds
    var list = try container.nestedUnkeyedContainer(forKey: .segments)
    var segments: [Segment] = []
    while !list.isAtEnd {
      var entry = try list.nestedUnkeyedContainer()
      let start = try entry.decode(Double.self)
      let end = try entry.decode(Double.self)
      let label = try entry.decode(String.self)
      // Annotators round: a segment may end a little behind the track.
      guard start >= 0, end <= duration + 1, let interval = Interval(start: min(start, duration), end: min(end, duration))
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .segments, in: container,
          debugDescription: "track \(trackID) has the segment \(start)–\(end) s; a segment runs forward within 0–\(duration) s")
      }
      guard label.utf8.count <= InputLimit.label else {
        throw DecodingError.dataCorruptedError(
          forKey: .segments, in: container,
          debugDescription:
            "track \(trackID) has a label of \(label.utf8.count) bytes, '\(label.shown)'; at most \(InputLimit.label) are allowed"
        )
      }
      segments.append(Segment(interval, label: label))
    }
    guard segments.count <= InputLimit.references else {
      throw DecodingError.dataCorruptedError(
        forKey: .segments, in: container,
        debugDescription: "track \(trackID) has \(segments.count) segments; at most \(InputLimit.references) are allowed")
    }
    self.init(trackID: trackID, duration: duration, segments: segments)
  }
}
