import Numbers
package import Timelines

/// The notes of a MIDI file in seconds.
///
/// A note lasts from its key's going down to its going up; a key that goes down again while it is down ends the note before, as
/// synthesizers have it. Notes still held when the last track ends, as its end event says, end with it.
package struct MIDIScore: Sendable, Hashable {
  package struct Note: Sendable, Hashable {
    /// Seconds from the start of the file.
    package var start: Double
    /// When the key is let go, or the sustain or sostenuto pedal that holds the note: at most 3 s later where it was struck
    /// or plucked.
    ///
    /// After the start: a drum stroke that is let go at once lasts 0.25 s, another note 10 ms, the least that FluidSynth plays.
    package var end: Double
    /// 0…15; 9 is drums.
    package var channel: UInt8
    /// The channel's program when the note began.
    package var program: UInt8
    package var key: UInt8
    /// 1…127.
    package var velocity: UInt8
    /// velocity/127 · volume/127 · expression/127, the controllers 7 and 11 as they stood when the note began, or, where it began unheard,
    /// at their largest while it lasts.
    package var loudness: Double
    /// Stretches in which the two controllers make it too soft to be heard, in order; none in most notes, and none in drum strokes.
    package var silences: [Interval] = []

    /// What a timeline calls the instrument.
    package var label: String { GeneralMIDI.label(ofProgram: program, isDrums: channel == 9) }

    /// When it is first heard.
    package var onset: Double { silences.first.flatMap { $0.start <= start ? $0.end : nil } ?? start }

    /// A pedal holds the note beyond its key's release.
    fileprivate mutating func hold(from release: Double, to time: Double) {
      end = GeneralMIDI.ring(ofLabel: label) == nil ? time : min(time, release + longestPedal)
    }
  }

  /// Sorted by start, then channel, then key; without those that are nowhere loud enough to be heard.
  package private(set) var notes: [Note] = []
  /// `nil` for files in SMPTE time, which know no beats.
  package let tempo: TempoMap?
  /// When the last track ends, in seconds, at most ``longestDuration``; notes may end before, those under a pedal up to 3 s later.
  package let end: Double
  /// When the last note ends, in seconds; 0 without notes.
  package var duration: Double { notes.reduce(0) { max($0, $1.end) } }

  /// What a pedal adds to a struck or plucked note in seconds: by then it is faint.
  ///
  /// Others sound on.
  private static let longestPedal = 3.0
  /// A stroke on a drum is heard for this long, in seconds.
  static let drumRing = 0.25
  /// Seconds of a note that is let go at once: FluidSynth's `synth.min-note-length`.
  private static let shortestNote = 0.01

  private struct Channel {
    var program: UInt8 = 0
    var volume: UInt8 = 100
    var expression: UInt8 = 127
    var isPedalDown = false
    /// The sostenuto pedal holds notes of an index below; 0 while it is up.
    var sostenutoEnd = 0
    /// Index of the note whose key is down, by key.
    var held = [Int?](repeating: nil, count: 128)
    /// Notes whose keys were let go while the sustain pedal was down, with when; then those that the sostenuto pedal holds.
    var pedalled: [(note: Int, release: Double)] = []
    var captured: [(note: Int, release: Double)] = []
    var levels = ChannelLevels(volume: 100, expression: 127)

    /// The key goes up: its note ends, or one of the pedals holds it, as FluidSynth has it.
    mutating func letGo(_ key: Int, at time: Double, of notes: inout [Note]) {
      guard let note = held[key] else { return }
      held[key] = nil
      notes[note].end = time
      if note < sostenutoEnd {
        captured.append((note, time))
      } else if isPedalDown {
        pedalled.append((note, time))
      }
    }

    mutating func liftSustain(at time: Double, of notes: inout [Note]) {
      for (note, release) in pedalled { notes[note].hold(from: release, to: time) }
      (isPedalDown, pedalled) = (false, [])
    }

    mutating func liftSostenuto(at time: Double, of notes: inout [Note]) {
      for (note, release) in captured { notes[note].hold(from: release, to: time) }
      (sostenutoEnd, captured) = (0, [])
    }

    /// Every note of the channel ends, whatever holds it; the pedals stay where they are.
    mutating func silence(at time: Double, of notes: inout [Note]) {
      let pedals = (isPedalDown, sostenutoEnd)
      (isPedalDown, sostenutoEnd) = (false, 0)
      for key in held.indices { letGo(key, at: time, of: &notes) }
      liftSustain(at: time, of: &notes)
      liftSostenuto(at: time, of: &notes)
      (isPedalDown, sostenutoEnd) = pedals
    }

    /// As the channel was at the start of the file.
    mutating func reset(at time: Double, of notes: inout [Note]) {
      silence(at: time, of: &notes)
      (program, volume, expression, isPedalDown, sostenutoEnd) = (0, 100, 127, false, 0)
      levels.change(at: time, volume: volume, expression: expression)
    }
  }

  /// Longest file that is accepted, in seconds.
  package static let longestDuration = 3600.0

  /// Plays the file's events; `path` is what errors name.
  ///
  /// Throws where an event, or the end of a note that is never let go, lies more than an hour after the start.
  package init(_ file: MIDIFile, path: String) throws(MusicError) {
    let events = file.eventsInOrder
    tempo = Self.tempo(of: events, division: file.division)
    var channels = [Channel](repeating: Channel(), count: 16)
    var last = 0.0
    var played: [Note] = []
    for event in events {
      last = Self.time(of: event.tick, division: file.division, tempo: tempo)
      guard last <= Self.longestDuration else { throw Self.tooLong(last, path: path) }
      Self.apply(event.message, at: last, to: &played, &channels)
    }
    let ending = Self.time(of: file.end, division: file.division, tempo: tempo)
    if ending > Self.longestDuration, channels.contains(where: { $0.held.contains { $0 != nil } }) {
      throw Self.tooLong(ending, path: path)
    }
    end = min(max(last, ending), Self.longestDuration)
    for number in channels.indices {
      for case let note? in channels[number].held { played[note].end = end }
      for (note, release) in channels[number].pedalled + channels[number].captured {
        played[note].hold(from: release, to: end)
      }
    }
    for note in played {
      if let heard = Self.heard(note, &channels[Int(note.channel)].levels) { notes.append(heard) }
    }
    notes.sort { ($0.start, $0.channel, $0.key) < ($1.start, $1.channel, $1.key) }
  }

  private static func tooLong(_ time: Double, path: String) -> MusicError {
    MusicError(
      .unsupported, path: path,
      "has an event at \(time) s; at most \(Int(saturating: longestDuration)) s are allowed: cut it into parts")
  }

  /// The note with its silences; `nil` where it is never heard.
  private static func heard(_ note: Note, _ levels: inout ChannelLevels) -> Note? {
    var note = note
    let isDrum = note.label == Instrument.drums.rawValue
    if note.end <= note.start { note.end = note.start + (isDrum ? drumRing : shortestNote) }
    let softest = Double(ChannelLevels.softest) / (127 * 127 * 127)
    if isDrum { return note.loudness >= softest ? note : nil }
    let whole = Interval(note.start, note.end)
    note.silences = levels.silences(in: whole, velocity: note.velocity, shortest: bridgedGap)
    if note.loudness < softest {
      guard note.silences.first != whole, note.onset > note.start else { return nil }
      note.loudness = Double(Int(note.velocity) * levels.largest(in: whole)) / (127 * 127 * 127)
    }
    return note
  }

  private static func tempo(of events: [MIDIEvent], division: MIDIFile.Division) -> TempoMap? {
    guard case .ticksPerQuarter(let ticks) = division else { return nil }
    var map = TempoMap(beatsPerMinute: 120)
    for event in events {
      guard case .tempo(let microseconds) = event.message else { continue }
      map.change(atBeat: Double(event.tick) / Double(ticks), to: 60e6 / Double(microseconds))
    }
    return map
  }

  private static func time(of tick: Int, division: MIDIFile.Division, tempo: TempoMap?) -> Double {
    switch division {
    case .ticksPerQuarter(let ticks): tempo?.time(ofBeat: Double(tick) / Double(ticks)) ?? 0
    case .ticksPerSecond(let ticks): Double(tick) / ticks
    }
  }

  private static func apply(
    _ message: MIDIEvent.Message, at time: Double, to notes: inout [Note], _ channels: inout [Channel]
  ) {
    switch message {
    case .noteOn(let channel, let key, let velocity) where velocity > 0:
      let number = Int(channel)
      if let before = channels[number].held[Int(key)] { notes[before].end = time }
      channels[number].held[Int(key)] = notes.count
      let loudness =
        Double(velocity) / 127 * Double(channels[number].volume) / 127 * Double(channels[number].expression) / 127
      notes.append(
        Note(
          start: time, end: time, channel: channel, program: channels[number].program, key: key, velocity: velocity,
          loudness: loudness))
    case .noteOn(let channel, let key, _), .noteOff(let channel, let key, _):
      channels[Int(channel)].letGo(Int(key), at: time, of: &notes)
    case .program(let channel, let program):
      channels[Int(channel)].program = program
    case .control(let channel, let controller, let value):
      control(controller, value, at: time, of: &notes, &channels[Int(channel)])
    case .systemExclusive(0xF0, let data) where isReset(data):
      for number in channels.indices { channels[number].reset(at: time, of: &notes) }
    case .other, .tempo, .meta, .systemExclusive:
      return
    }
  }

  /// Whether a message turns General MIDI 1 or 2 on, for all devices or the first: FluidSynth then resets all channels.
  ///
  /// It passes over the resets of GS and XG.
  private static func isReset(_ data: [UInt8]) -> Bool {
    data.count >= 4 && data[0] == 0x7E && (data[1] == 0x7F || data[1] == 0) && data[2] == 9 && (data[3] == 1 || data[3] == 3)
  }

  private static func control(
    _ controller: UInt8, _ value: UInt8, at time: Double, of notes: inout [Note], _ channel: inout Channel
  ) {
    switch controller {
    case 7: channel.volume = value
    case 11: channel.expression = value
    case 64:
      if value >= 64 { channel.isPedalDown = true } else { channel.liftSustain(at: time, of: &notes) }
    case 66:
      if value >= 64 { channel.sostenutoEnd = notes.count } else { channel.liftSostenuto(at: time, of: &notes) }
    case 120: channel.silence(at: time, of: &notes)
    // All notes off lets keys go; the pedals still hold what they hold.
    case 123...127: for key in channel.held.indices { channel.letGo(key, at: time, of: &notes) }
    case 121:
      channel.expression = 127
      channel.liftSustain(at: time, of: &notes)
      channel.liftSostenuto(at: time, of: &notes)
    default: return
    }
    channel.levels.change(at: time, volume: channel.volume, expression: channel.expression)
  }
}
