import Numbers

/// The notes of a MIDI file in seconds.
///
/// A note lasts from its key's going down to its going up; where a key goes down twice, the first to go down is the first to go up.
/// Notes still held at the last event end with it.
public struct MIDIScore: Sendable, Hashable {
  public struct Note: Sendable, Hashable {
    /// Seconds from the start of the file.
    public var start: Double
    /// When the key is let go, or the sustain pedal that holds the note, at most 3 s later.
    public var end: Double
    /// 0…15; 9 is drums.
    public var channel: UInt8
    /// The channel's program when the note began.
    public var program: UInt8
    public var key: UInt8
    /// 1…127.
    public var velocity: UInt8
    /// velocity/127 · volume/127 · expression/127, the controllers 7 and 11 as they stood when the note began.
    public var loudness: Double

    /// What a timeline calls the instrument.
    public var label: String { GeneralMIDI.label(ofProgram: program, isDrums: channel == 9) }
  }

  /// Sorted by start, then channel, then key; without those too soft to be heard.
  public private(set) var notes: [Note] = []
  /// `nil` for files in SMPTE time, which know no beats.
  public let tempo: TempoMap?
  /// When the last note ends, in seconds; 0 without notes.
  public var duration: Double { notes.reduce(0) { max($0, $1.end) } }

  /// What a pedal adds to a note in seconds: by then it is faint.
  private static let longestPedal = 3.0

  /// Loudness of the softest note that counts: 52 dB below the loudest by General MIDI's curve.
  private static let softest = 0.05

  private struct Channel {
    var program: UInt8 = 0
    var volume: UInt8 = 100
    var expression: UInt8 = 127
    var isPedalDown = false
    /// Indices of notes whose keys are down, by key, oldest first.
    var held = [[Int]](repeating: [], count: 128)
    /// Notes whose keys were let go while the pedal was down, with when.
    var pedalled: [(note: Int, release: Double)] = []
  }

  /// Longest file that is accepted, in seconds.
  public static let longestDuration = 3600.0

  /// Plays the file's events; `path` is what errors name.
  ///
  /// Throws where an event lies more than an hour after the start.
  public init(_ file: MIDIFile, path: String) throws(MusicError) {
    let events = file.tracks.enumerated().flatMap { track, events in
      events.enumerated().map { (event: $0.element, track: track, order: $0.offset) }
    }.sorted { ($0.event.tick, $0.track, $0.order) < ($1.event.tick, $1.track, $1.order) }.map(\.event)
    tempo = Self.tempo(of: events, division: file.division)
    var channels = [Channel](repeating: Channel(), count: 16)
    var last = 0.0
    for event in events {
      last = Self.time(of: event.tick, division: file.division, tempo: tempo)
      guard last <= Self.longestDuration else {
        throw MusicError(
          .unsupported, path: path,
          "has an event at \(last) s; at most \(Int(saturating: Self.longestDuration)) s are allowed: cut it into parts")
      }
      apply(event.message, at: last, &channels)
    }
    for number in channels.indices {
      for note in channels[number].held.joined() { notes[note].end = last }
      for (note, release) in channels[number].pedalled { notes[note].end = min(last, release + Self.longestPedal) }
    }
    notes = notes.filter { $0.loudness >= Self.softest && $0.end > $0.start }
      .sorted { ($0.start, $0.channel, $0.key) < ($1.start, $1.channel, $1.key) }
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

  private mutating func apply(_ message: MIDIEvent.Message, at time: Double, _ channels: inout [Channel]) {
    switch message {
    case .noteOn(let channel, let key, let velocity) where velocity > 0:
      let state = channels[Int(channel)]
      let loudness = Double(velocity) / 127 * Double(state.volume) / 127 * Double(state.expression) / 127
      channels[Int(channel)].held[Int(key)].append(notes.count)
      notes.append(
        Note(
          start: time, end: time, channel: channel, program: state.program, key: key, velocity: velocity, loudness: loudness))
    case .noteOn(let channel, let key, _), .noteOff(let channel, let key, _):
      guard !channels[Int(channel)].held[Int(key)].isEmpty else { return }
      release(channels[Int(channel)].held[Int(key)].removeFirst(), at: time, &channels[Int(channel)])
    case .program(let channel, let program):
      channels[Int(channel)].program = program
    case .control(let channel, let controller, let value):
      control(controller, value, at: time, &channels[Int(channel)])
    case .other, .tempo, .meta, .systemExclusive:
      return
    }
  }

  private mutating func release(_ note: Int, at time: Double, _ channel: inout Channel) {
    notes[note].end = time
    if channel.isPedalDown { channel.pedalled.append((note, time)) }
  }

  private mutating func control(_ controller: UInt8, _ value: UInt8, at time: Double, _ channel: inout Channel) {
    switch controller {
    case 7: channel.volume = value
    case 11: channel.expression = value
    case 64:
      channel.isPedalDown = value >= 64
      if !channel.isPedalDown { liftPedal(at: time, &channel) }
    case 120, 123...127:
      for note in channel.held.joined() { notes[note].end = time }
      channel.held = Array(repeating: [], count: 128)
      liftPedal(at: time, &channel)
    case 121:
      channel.expression = 127
      channel.isPedalDown = false
      liftPedal(at: time, &channel)
    default: return
    }
  }

  private mutating func liftPedal(at time: Double, _ channel: inout Channel) {
    for (note, release) in channel.pedalled { notes[note].end = min(time, release + Self.longestPedal) }
    channel.pedalled = []
  }
}
