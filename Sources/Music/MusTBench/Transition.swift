package import Timelines

/// A change in a track that can be put into words: a source that enters or leaves, or intensity that rises or falls.
package struct Transition: Sendable, Hashable {
  package enum Change: String, Sendable, CaseIterable {
    case enter, leave, rise, fall

    var opposite: Change {
      switch self {
      case .enter: .leave
      case .leave: .enter
      case .rise: .fall
      case .fall: .rise
      }
    }
  }

  /// What changes, apart from when.
  package struct Event: Sendable, Hashable {
    package var change: Change
    /// `intensity` for a rise or a fall.
    package var source: String

    package init(change: Change, source: String) {
      self.change = change
      self.source = source
    }

    /// Reads what ``text`` writes; `nil` for any other text.
    package init?(parsing text: String) {
      var words = text.lowercased().split { $0.isWhitespace || $0 == "." }.map(String.init)
      guard words.count >= 2, let verb = words.popLast(),
        let change = Change.allCases.first(where: { verb == $0.rawValue || verb == $0.rawValue + "s" })
      else { return nil }
      if words.first == "the" { words.removeFirst() }
      guard !words.isEmpty else { return nil }
      self.init(change: change, source: words.joined(separator: " "))
    }

    /// Such as *the piano enters* or *the strings leave*.
    package var text: String {
      let isPlural = source.hasSuffix("s") && !source.hasSuffix("ss")
      return "the \(source) \(change.rawValue)\(isPlural ? "" : "s")"
    }
  }

  package var event: Event
  /// Seconds from the start of the track.
  package var time: Double

  package static let intensity = "intensity"

  /// The transitions of a track that lie more than `margin` seconds from both ends, in order of time, then of lanes.
  package static func all(in timeline: Timeline, margin: Double) -> [Transition] {
    var found: [Transition] = []
    for lane in timeline.lanes {
      for interval in lane.intervals {
        found.append(Transition(event: Event(change: .enter, source: lane.label), time: interval.start))
        found.append(Transition(event: Event(change: .leave, source: lane.label), time: interval.end))
      }
    }
    for (before, after) in zip(timeline.sections, timeline.sections.dropFirst()) where before.intensity != after.intensity {
      let change = before.intensity < after.intensity ? Change.rise : .fall
      found.append(Transition(event: Event(change: change, source: intensity), time: after.interval.start))
    }
    let inside = found.filter { $0.time > margin && $0.time < timeline.duration - margin }
    return inside.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  /// Every event that could happen in a track with these sources, whether it does or not.
  package static func events(in timeline: Timeline) -> [Event] {
    var sources = timeline.lanes.map(\.label)
    var seen: Set<String> = []
    sources.removeAll { !seen.insert($0).inserted }
    let events = sources.flatMap { [Event(change: .enter, source: $0), Event(change: .leave, source: $0)] }
    guard timeline.sections.count > 1 else { return events }
    return events + [Event(change: .rise, source: intensity), Event(change: .fall, source: intensity)]
  }
}
