package import Timelines

/// Stretches of a track with labels, as annotators and their tools write them.
package struct TrackAnnotation: Sendable, Hashable {
  package struct Segment: Sendable, Hashable {
    package var interval: Interval
    package var label: String

    package init(_ interval: Interval, label: String) {
      self.interval = interval
      self.label = label
    }
  }

  /// Length of the track in seconds, where the file says it; at most `InputLimit.duration`.
  package var duration: Double?
  /// Parts of the form or anything else that has a label, by start; they may overlap, leave gaps and begin after 0 s.
  package var segments: [Segment]
  /// When instruments are heard, where the file says it apart from the segments.
  package var instruments: [Segment]

  package init(duration: Double? = nil, segments: [Segment], instruments: [Segment] = []) {
    self.duration = duration
    self.segments = segments.sorted { ($0.interval.start, $0.interval.end) < ($1.interval.start, $1.interval.end) }
    self.instruments = instruments
  }

  /// Labels that say that nothing is there, or mark an end, in lower case.
  private static let empty: Set<String> = ["", "silence", "end", "__t_min", "__t_max"]

  /// When the last segment ends, or the track where the file says so.
  package var end: Double { duration ?? (segments + instruments).reduce(0) { max($0, $1.interval.end) } }

  /// The segments that name something.
  package var named: [Segment] { segments.filter { !Self.empty.contains($0.label.lowercased()) } }

  /// A timeline with a lane for each label: the stretches that it names.
  ///
  /// Nothing is known of the form's intensity, so there are no
  /// sections; what lies before the first segment, between segments and behind the last belongs to no lane.
  ///
  /// Labels that differ in case only from one of `sources` are that source. Of the instruments those are kept that `sources` names. Lanes
  /// come in the order in which they are first heard.
  ///
  /// - Parameter duration: length of the track in seconds, such as that of its sound; where it is not given, ``end``.
  package func timeline(id: String, sources: [String], duration: Double? = nil) -> Timeline {
    let known = Dictionary(sources.map { ($0.lowercased(), $0) }) { first, _ in first }
    let heard = instruments.filter { known[$0.label.lowercased()] != nil }
    let length = duration ?? end
    let whole = Interval(0, length)
    var labels: [String] = []
    var stretches: [String: [Interval]] = [:]
    for segment in (named + heard).sorted(by: { $0.interval.start < $1.interval.start }) {
      let label = known[segment.label.lowercased()] ?? segment.label
      if stretches[label] == nil { labels.append(label) }
      stretches[label, default: []].append(segment.interval)
    }
    let lanes = labels.compactMap { label -> Timeline.Lane? in
      let intervals = IntervalSet(stretches[label] ?? []).clipped(to: whole).intervals
      return intervals.isEmpty ? nil : Timeline.Lane(label: label, intervals: intervals)
    }
    return Timeline(trackID: id, duration: length, lanes: lanes, sections: [])
  }
}
