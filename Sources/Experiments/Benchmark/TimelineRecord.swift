import Questions
import Timelines

/// One annotated track as a file holds it: a JSON object, one a line in `.jsonl`, one a file in `.json`.
///
///     {"track_id":"song","duration":222.4,"audio":"song.flac",
///      "lanes":[{"label":"piano","intervals":[[0,57.2],[80,222.4]]}],
///      "sections":[{"start":0,"end":57.2,"label":"verse","intensity":0.25}, …]}
///
/// Times are seconds. `audio` is a path beside the file and may be missing, `label` of a section too; `lanes` and `sections` may be
/// missing or empty, but not both. Intensity is 0…1. What `takt music compose` and `takt music corpus` write is read as well.
struct TimelineRecord: Decodable {
  var timeline: Timeline
  var audio: String?

  private enum CodingKeys: String, CodingKey {
    case trackID, duration, audio, lanes, sections, timeline
    case track = "track_id"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    audio = try container.decodeIfPresent(String.self, forKey: .audio)
    if container.contains(.timeline) {
      timeline = try container.decode(TimelineRecord.self, forKey: .timeline).timeline
      return
    }
    let id = try container.decodeIfPresent(String.self, forKey: .trackID) ?? container.decode(String.self, forKey: .track)
    timeline = Timeline(
      trackID: id, duration: try container.decode(Double.self, forKey: .duration),
      lanes: try (container.decodeIfPresent([Lane].self, forKey: .lanes) ?? []).map { lane in
        .init(
          label: lane.label,
          intervals: try lane.intervals.map { try $0.interval("'\(lane.label)'") }.sorted { $0.start < $1.start })
      },
      sections: try (container.decodeIfPresent([Section].self, forKey: .sections) ?? []).map { section in
        .init(interval: try section.span.interval("a section"), label: section.label ?? "", intensity: section.intensity)
      })
  }

  private struct Lane: Decodable {
    var label: String
    var intervals: [Span]
  }

  /// `[start, end]` or `{"start": …, "end": …}`; may run backward.
  private struct Span: Decodable {
    var start: Double
    var end: Double

    private enum CodingKeys: String, CodingKey { case start, end }

    init(from decoder: any Decoder) throws {
      if var list = try? decoder.unkeyedContainer() {
        guard list.count == 2 else {
          throw JSONLines.Refusal("an interval has a start and an end, not \(list.count ?? 0) numbers")
        }
        (start, end) = (try list.decode(Double.self), try list.decode(Double.self))
      } else {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        start = try container.decode(Double.self, forKey: .start)
        end = try container.decode(Double.self, forKey: .end)
      }
    }

    func interval(_ what: String) throws -> Interval {
      guard let interval = Interval(start: start, end: end) else {
        throw JSONLines.Refusal("\(what) has the reversed interval \(start)–\(end) s: the end lies before the start")
      }
      return interval
    }
  }

  /// The span beside the other keys, or below `interval`.
  private struct Section: Decodable {
    var span: Span
    var label: String?
    var intensity: Double

    private enum CodingKeys: String, CodingKey { case interval, label, intensity }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      span = container.contains(.interval) ? try container.decode(Span.self, forKey: .interval) : try Span(from: decoder)
      label = try container.decodeIfPresent(String.self, forKey: .label)
      intensity = try container.decode(Double.self, forKey: .intensity)
    }
  }
}
