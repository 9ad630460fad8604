/// The tempo of a piece: constant from each change to the next.
package struct TempoMap: Sendable, Hashable, Codable {
  package struct Change: Sendable, Hashable, Codable {
    /// Seconds.
    package var time: Double
    /// Quarter notes from the start of the piece to `time`.
    package var beat: Double
    package var beatsPerMinute: Double
  }

  /// Ascending; the first at time 0 and beat 0.
  package private(set) var changes: [Change]

  /// A constant tempo.
  package init(beatsPerMinute: Double) {
    changes = [Change(time: 0, beat: 0, beatsPerMinute: beatsPerMinute)]
  }

  /// Sets the tempo from a beat on that does not lie before the last change.
  package mutating func change(atBeat beat: Double, to beatsPerMinute: Double) {
    let change = Change(time: time(ofBeat: beat), beat: beat, beatsPerMinute: beatsPerMinute)
    precondition(beat >= changes[changes.count - 1].beat, "tempo changes are given in order")
    if changes[changes.count - 1].beat == beat { changes.removeLast() }
    changes.append(change)
  }

  /// Seconds at a beat; the first and last tempo hold outside the map.
  package func time(ofBeat beat: Double) -> Double {
    let change = last { $0.beat <= beat }
    return change.time + (beat - change.beat) * 60 / change.beatsPerMinute
  }

  /// Quarter notes at a time in seconds.
  package func beat(ofTime time: Double) -> Double {
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
