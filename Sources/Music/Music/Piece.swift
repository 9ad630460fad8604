package import Timelines

/// One note: a key, from when to when, how loud.
package struct Note: Sendable, Hashable, Codable {
  /// Seconds from the start of the piece.
  package var start: Double
  package var end: Double
  /// MIDI key number, 0…127.
  package var key: Int
  /// Loudness as amplitude, 0…1, the section's intensity included.
  package var velocity: Double

  package init(start: Double, end: Double, key: Int, velocity: Double) {
    self.start = start
    self.end = end
    self.key = key
    self.velocity = velocity
  }
}

/// A composed piece of music: what is played, and what there is to hear in it.
package struct Piece: Sendable, Hashable, Codable {
  package struct Part: Sendable, Hashable, Codable {
    package var instrument: Instrument
    /// Sorted by start, then key.
    package var notes: [Note]

    package init(instrument: Instrument, notes: [Note]) {
      self.instrument = instrument
      self.notes = notes
    }
  }

  /// Lanes are the instruments in the order of `Instrument.allCases`, sections have intensity (level − 1) / 4.
  package var timeline: Timeline
  /// In the order of the timeline's lanes.
  package var parts: [Part]
  package var tempo: TempoMap

  package init(timeline: Timeline, parts: [Part], tempo: TempoMap) {
    self.timeline = timeline
    self.parts = parts
    self.tempo = tempo
  }

  /// How energetic the music is over time, from its notes; the sections' levels are what the composer meant.
  package var intensity: IntensityCurve {
    IntensityCurve(onsets: parts.lazy.flatMap(\.notes).map { ($0.start, $0.velocity) }, duration: timeline.duration)
  }
}
