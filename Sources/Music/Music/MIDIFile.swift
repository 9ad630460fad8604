/// A Standard MIDI File of format 0 or 1.
///
/// MIDI Manufacturers Association 1996, *Standard MIDI Files 1.0*, RP-001.
package struct MIDIFile: Sendable, Hashable {
  package enum Division: Sendable, Hashable {
    case ticksPerQuarter(Int)
    /// SMPTE time: 24, 25, 29.97 or 30 frames a second, each of so many ticks.
    case ticksPerSecond(Double)
  }

  package var format: Int
  package var division: Division
  /// Events in order; the end-of-track events are not among them.
  package var tracks: [[MIDIEvent]]
  /// Ticks at which the tracks end, as their end events say.
  package var ends: [Int]

  /// - Parameter ends: where it is not given, each track ends with its last event.
  package init(format: Int, division: Division, tracks: [[MIDIEvent]], ends: [Int]? = nil) {
    self.format = format
    self.division = division
    self.tracks = tracks
    self.ends = ends ?? tracks.map { $0.last?.tick ?? 0 }
  }

  /// The tick at which a track ends, no earlier than its last event.
  package func end(ofTrack track: Int) -> Int {
    max(track < ends.count ? ends[track] : 0, tracks[track].last?.tick ?? 0)
  }

  /// The tick at which the last track ends; 0 without tracks.
  package var end: Int { tracks.indices.reduce(0) { max($0, end(ofTrack: $1)) } }

  static func division(_ header: inout ByteCursor) throws(MusicError) -> Division {
    let offset = header.position
    let high = try header.byte(of: "the time division")
    let low = Int(try header.byte(of: "the time division"))
    if high < 0x80 {
      let ticks = Int(high) << 8 | low
      guard ticks > 0 else { throw header.error("has a time division of 0 ticks a quarter note", at: offset) }
      return .ticksPerQuarter(ticks)
    }
    let rates: [Int8: Double] = [-24: 24, -25: 25, -29: 30_000.0 / 1001, -30: 30]
    guard let rate = rates[Int8(bitPattern: high)], low > 0 else {
      throw header.error(
        "has a time division of \(-Int(Int8(bitPattern: high))) SMPTE frames of \(low) ticks; "
          + "allowed are 24, 25, 29 or 30 frames of at least 1", at: offset)
    }
    return .ticksPerSecond(rate * Double(low))
  }
}
