import Numbers
import Questions
package import Timelines

/// Writes what is heard when in a track as text that the vocabulary can encode: what the policy learns to hear from.
///
/// Times are whole seconds. Intensities are the levels `L1` (0 to below 0.125) … `L5` (0.875 to 1). A lane that is never
/// heard is not mentioned.
package enum CaptionWriter {
  /// The order in which a caption tells a track; each has a prompt of its own.
  package enum Style: String, Sendable, Hashable, CaseIterable {
    /// Section after section: who plays for most of it and how intense it is, then what changes in it and when.
    ///
    ///     [0:00-0:12] piano bass intensity L2; drums enter 0:07; [0:12-0:25] piano drums intensity L4; intensity rises 0:12
    ///     bass leaves 0:12
    case chronological
    /// Lane after lane: when it is heard; then the most and the least intense stretches.
    ///
    ///     piano 0:00-0:25; drums 0:07-0:25; arousal highest 0:12-0:25; arousal lowest 0:00-0:12
    case byInstrument = "by-instrument"

    /// What the policy is asked for a caption of this style.
    package var prompt: String {
      switch self {
      case .chronological: "Describe in time order"
      case .byInstrument: "Describe by instrument"
      }
    }
  }

  /// The caption; empty for a track of which nothing is known.
  package static func caption(of timeline: Timeline, style: Style) -> String {
    switch style {
    case .chronological: chronological(timeline)
    case .byInstrument: byInstrument(timeline)
    }
  }

  private static func chronological(_ timeline: Timeline) -> String {
    var clauses: [String] = []
    var changes = self.changes(in: timeline)[...]
    let whole = Timeline.Section(interval: Interval(0, max(0, timeline.duration)), label: "", intensity: .nan)
    let sections = timeline.sections.isEmpty ? [whole] : timeline.sections
    for (index, section) in sections.enumerated() {
      var words = ["[\(text(of: section.interval))]"]
      words += timeline.lanes.filter { isHeard($0, in: section.interval) }.map(\.label)
      if !section.intensity.isNaN { words += ["intensity", level(of: section.intensity)] }
      clauses.append(words.joined(separator: " "))
      let isLast = index == sections.count - 1
      let told = changes.prefix { isLast || $0.time < section.interval.end }
      changes = changes.dropFirst(told.count)
      if !told.isEmpty { clauses.append(told.map(\.text).joined(separator: " ")) }
    }
    return clauses.joined(separator: "; ")
  }

  private static func byInstrument(_ timeline: Timeline) -> String {
    var clauses = timeline.lanes.filter { !$0.intervals.isEmpty }.map { "\($0.label) \(list($0.intervals))" }
    let intensities = timeline.sections.map(\.intensity)
    if let highest = intensities.max(), let lowest = intensities.min(), highest > lowest {
      for (name, intensity) in [("highest", highest), ("lowest", lowest)] {
        let stretches = IntervalSet(timeline.sections.filter { $0.intensity == intensity }.map(\.interval))
        clauses.append("arousal \(name) \(list(stretches.intervals))")
      }
    }
    return clauses.joined(separator: "; ")
  }

  private struct Change {
    var time: Double
    var text: String
  }

  /// Rises and falls of intensity, entries after the beginning and exits before the end of the track, in time order.
  private static func changes(in timeline: Timeline) -> [Change] {
    var changes: [Change] = []
    for (before, after) in zip(timeline.sections, timeline.sections.dropFirst()) where before.intensity != after.intensity {
      let verb = after.intensity > before.intensity ? "rises" : "falls"
      let time = after.interval.start
      changes.append(Change(time: time, text: "intensity \(verb) \(clock(time))"))
    }
    for lane in timeline.lanes {
      for interval in lane.intervals {
        if interval.start > margin {
          changes.append(
            Change(time: interval.start, text: "\(lane.label) \(verb("enter", of: lane.label)) \(clock(interval.start))"))
        }
        if interval.end < timeline.duration - margin {
          changes.append(
            Change(time: interval.end, text: "\(lane.label) \(verb("leave", of: lane.label)) \(clock(interval.end))"))
        }
      }
    }
    return changes.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  /// The verb as the lane's name wants it: *the piano enters*, *the drums enter*.
  private static func verb(_ stem: String, of label: String) -> String {
    label.hasSuffix("s") && !label.hasSuffix("ss") ? stem : stem + "s"
  }

  /// Seconds from either end of a track within which nothing counts as entering or leaving.
  private static let margin = 0.5

  /// Whether a lane sounds for more than half of a stretch.
  private static func isHeard(_ lane: Timeline.Lane, in stretch: Interval) -> Bool {
    lane.intervals.reduce(0) { $0 + $1.overlap(with: stretch) } > 0.5 * stretch.duration
  }

  static func level(of intensity: Double) -> String {
    "L\(1 + Int(saturating: (4 * min(max(intensity, 0), 1)).rounded()))"
  }

  private static func list(_ intervals: [Interval]) -> String {
    intervals.map(text(of:)).joined(separator: ", ")
  }

  private static func text(of interval: Interval) -> String { "\(clock(interval.start))-\(clock(interval.end))" }

  private static func clock(_ seconds: Double) -> String { AnswerWriter.clock(seconds.rounded()) }
}
