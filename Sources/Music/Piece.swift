public import Timelines

/// One note: a key, from when to when, how loud.
public struct Note: Sendable, Hashable, Codable {
  /// Seconds from the start of the piece.
  public var start: Double
  public var end: Double
  /// MIDI key number, 0…127.
  public var key: Int
  /// Loudness as amplitude, 0…1, the section's intensity included.
  public var velocity: Double

  public init(start: Double, end: Double, key: Int, velocity: Double) {
    self.start = start
    self.end = end
    self.key = key
    self.velocity = velocity
  }
}

/// A composed piece of music: what is played, and what there is to hear in it.
public struct Piece: Sendable, Hashable, Codable {
  public struct Part: Sendable, Hashable, Codable {
    public var instrument: Instrument
    /// Sorted by start, then key.
    public var notes: [Note]

    public init(instrument: Instrument, notes: [Note]) {
      self.instrument = instrument
      self.notes = notes
    }
  }

  /// Lanes are the instruments in the order of `Instrument.allCases`, sections have intensity (level − 1) / 4.
  public var timeline: Timeline
  /// In the order of the timeline's lanes.
  public var parts: [Part]
  public var tempo: TempoMap

  public init(timeline: Timeline, parts: [Part], tempo: TempoMap) {
    self.timeline = timeline
    self.parts = parts
    self.tempo = tempo
  }

  /// How energetic the music is over time, from its notes; the sections' levels are what the composer meant.
  public var intensity: IntensityCurve {
    IntensityCurve(onsets: parts.lazy.flatMap(\.notes).map { ($0.start, $0.velocity) }, duration: timeline.duration)
  }
}
