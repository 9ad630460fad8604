import Numbers
import RealModule
package import Tensors
package import Timelines

/// What the encoder's heads should say of one track.
///
/// An event at time e is a bump exp(−(t − e)² / 2σ²) over the frames' times t; where bumps of a column meet the larger
/// counts.
/// Events in the first or last half second of a track count as its boundaries and are left out.
package struct EncoderTargets: Sendable {
  /// [frames, columns of the heads].
  package let values: Tensor
  /// Whether the timeline knows the form, and with it changes of intensity.
  package let hasChanges: Bool
  /// Whether it knows the level of intensity.
  package let hasLevel: Bool
  /// Whether that level is the notes' own, as it moves from second to second.
  package let hasNotes: Bool

  /// σ of transitions, entries and exits, and of changes of intensity, in seconds.
  static let eventDeviation = 0.4
  static let changeDeviation = 0.8
  /// Events nearer to the ends of the track than this many seconds are none.
  static let margin = 0.5

  package init(_ timeline: Timeline, heads: EncoderHeads, frames: Int, intensity: IntensityMeaning = .sections) {
    var values = Tensor(shape: [frames, heads.count])
    let events = TimelineEvents(timeline, heads: heads)
    for time in events.transitions { values.raise(heads.transition, around: time, by: 1, deviation: Self.eventDeviation) }
    for (column, times) in zip(heads.entries, events.entries) {
      for time in times { values.raise(column, around: time, by: 1, deviation: Self.eventDeviation) }
    }
    for (column, times) in zip(heads.exits, events.exits) {
      for time in times { values.raise(column, around: time, by: 1, deviation: Self.eventDeviation) }
    }
    for (time, change) in events.intensityChanges {
      values.raise(heads.intensityChange, around: time, by: change, deviation: Self.changeDeviation)
    }
    hasChanges = !timeline.sections.isEmpty
    switch intensity {
    case .sections:
      hasLevel = hasChanges
      for section in timeline.sections {
        values.fill(heads.intensityLevel, from: section.interval, with: section.intensity)
      }
    case .notes:
      hasLevel = timeline.intensity != nil
      if let curve = timeline.intensity {
        for row in 0..<frames {
          let time = Double(row) / Double(MusicEncoderConfiguration.framesPerSecond)
          values[row, heads.intensityLevel] = Float(IntensityMeaning.target(curve.value(at: time)))
        }
      }
    }
    for (column, label) in zip(heads.activity, heads.instruments) {
      for lane in timeline.lanes where lane.label == label {
        for interval in lane.intervals { values.fill(column, from: interval, with: 1) }
      }
    }
    hasNotes = intensity == .notes && hasLevel
    self.values = values
  }
}

/// When what happens in a track, in seconds, in ascending order for each kind.
struct TimelineEvents: Sendable {
  /// Any start or stop of a listened-for instrument, any change of intensity; simultaneous ones once.
  let transitions: [Double]
  /// Starts of each instrument.
  let entries: [[Double]]
  /// Stops of each instrument.
  let exits: [[Double]]
  /// Where the intensity changes between sections, and by how much.
  let intensityChanges: [(time: Double, change: Double)]

  init(_ timeline: Timeline, heads: EncoderHeads) {
    func isInside(_ time: Double) -> Bool {
      time > EncoderTargets.margin && time < timeline.duration - EncoderTargets.margin
    }
    let intervals = heads.instruments.map { label in timeline.lanes.filter { $0.label == label }.flatMap(\.intervals) }
    entries = intervals.map { $0.map(\.start).filter(isInside).sorted() }
    exits = intervals.map { $0.map(\.end).filter(isInside).sorted() }
    intensityChanges = zip(timeline.sections, timeline.sections.dropFirst()).compactMap { before, after in
      let change = after.intensity - before.intensity
      return change != 0 && isInside(after.interval.start) ? (after.interval.start, change) : nil
    }
    let all = entries.flatMap { $0 } + exits.flatMap { $0 } + intensityChanges.map(\.time)
    transitions = Set(all).sorted()
  }
}

extension Tensor {
  /// Adds a bump of a height to one column: where it is larger in size than what is there, it takes its place.
  fileprivate mutating func raise(_ column: Int, around time: Double, by height: Double, deviation: Double) {
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    for row in frames(from: time - 4 * deviation, to: time + 4 * deviation) {
      let distance = (Double(row) / rate - time) / deviation
      let value = Float(height * Double.exp(-0.5 * distance * distance))
      if abs(value) > abs(self[row, column]) { self[row, column] = value }
    }
  }

  /// Sets one column where the frame's time lies in the interval, its end excluded.
  mutating func fill(_ column: Int, from interval: Interval, with value: Double) {
    for row in frames(from: interval.start, to: interval.end) { self[row, column] = Float(value) }
  }

  /// The frames whose times lie in start..<end, in seconds.
  private func frames(from start: Double, to end: Double) -> Range<Int> {
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    func frame(_ time: Double) -> Int { Int(saturating: min(max(0, (time * rate).rounded(.up)), Double(rows))) }
    return frame(start)..<max(frame(start), frame(end))
  }
}
