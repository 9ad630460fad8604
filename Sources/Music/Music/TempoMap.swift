/// The tempo of a piece: constant from each change to the next.
public struct TempoMap: Sendable, Hashable, Codable {
  public struct Change: Sendable, Hashable, Codable {
    /// Seconds.
    public var time: Double
    /// Quarter notes from the start of the piece to `time`.
    public var beat: Double
    public var beatsPerMinute: Double
  }

  /// Ascending; the first at time 0 and beat 0.
  public private(set) var changes: [Change]

  /// A constant tempo.
  public init(beatsPerMinute: Double) {
    changes = [Change(time: 0, beat: 0, beatsPerMinute: beatsPerMinute)]
  }

  /// Sets the tempo from a beat on that does not lie before the last change.
  public mutating func change(atBeat beat: Double, to beatsPerMinute: Double) {
    let change = Change(time: time(ofBeat: beat), beat: beat, beatsPerMinute: beatsPerMinute)
    precondition(beat >= changes[changes.count - 1].beat, "tempo changes are given in order")
    if changes[changes.count - 1].beat == beat { changes.removeLast() }
    changes.append(change)
  }

  /// Seconds at a beat; the first and last tempo hold outside the map.
  public func time(ofBeat beat: Double) -> Double {
    let change = last { $0.beat <= beat }
    return change.time + (beat - change.beat) * 60 / change.beatsPerMinute
  }

  /// Quarter notes at a time in seconds.
  public func beat(ofTime time: Double) -> Double {
    let change = last { $0.time <= time }
    return change.beat + (time - change.time) * change.beatsPerMinute / 60
  }

  private func last(where holds: (Change) -> Bool) -> Change {
    var low = 0
    var high = changes.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if holds(changes[middle]) { low = middle } else { high = middle }
    }
    return changes[low]
  }
}
