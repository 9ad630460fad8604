import Numbers
import RealModule
import Timelines

extension MIDIFile {
  /// Ticks a quarter note in files made from pieces.
  static let pieceDivision = 960

  /// A composed piece as a file of format 1: a track with the tempo, then one an instrument; drums on channel 10.
  ///
  /// Times are rounded to 1/960 of a quarter note. A velocity v stands for the amplitude (v/127)², the curve that General MIDI
  /// recommends to synthesizers. An instrument without an entry in `programs` has its usual one.
  package init(piece: Piece, programs: [Instrument: UInt8] = [:]) {
    let tempo = piece.tempo.changes.map { change in
      MIDIEvent(
        tick: Self.tick(ofBeat: change.beat),
        message: .tempo(microsecondsPerQuarter: Int(saturating: (60e6 / change.beatsPerMinute).rounded())))
    }
    let parts = piece.parts.enumerated().map { index, part -> [MIDIEvent] in
      let channel: UInt8 = part.instrument == .drums ? 9 : UInt8(index < 9 ? index : (index + 1) % 16)
      let program = programs[part.instrument] ?? part.instrument.program
      var events = [MIDIEvent(tick: 0, message: .program(channel: channel, program: program))]
      if part.instrument == .drums { events.removeAll() }
      var strokes: [MIDIEvent] = []
      for note in part.notes {
        let start = Self.tick(ofBeat: piece.tempo.beat(ofTime: note.start))
        let end = max(start + 1, Self.tick(ofBeat: piece.tempo.beat(ofTime: note.end)))
        let velocity = UInt8(saturating: min(max((127 * note.velocity.squareRoot()).rounded(), 1), 127))
        let key = UInt8(note.key)
        strokes.append(MIDIEvent(tick: start, message: .noteOn(channel: channel, key: key, velocity: velocity)))
        strokes.append(MIDIEvent(tick: end, message: .noteOff(channel: channel, key: key, velocity: 64)))
      }
      // Notes that end go before notes that begin, so that a key struck again is let go first.
      let ordered = strokes.enumerated().sorted {
        ($0.element.tick, $0.element.order, $0.offset) < ($1.element.tick, $1.element.order, $1.offset)
      }
      return events + ordered.map(\.element)
    }
    self.init(format: 1, division: .ticksPerQuarter(Self.pieceDivision), tracks: [tempo] + parts)
  }

  private static func tick(ofBeat beat: Double) -> Int { Int(saturating: (beat * Double(pieceDivision)).rounded()) }

  /// The bytes of the file.
  ///
  /// Traps where a track's ticks fall, an event lies 2²⁸ ticks after another, or there are more than 65,535 tracks.
  package func encoded() -> [UInt8] {
    var bytes = Array("MThd".utf8)
    for (value, count) in [(6, 4), (format, 2), (tracks.count, 2)] { bytes += Self.bigEndian(value, count) }
    switch division {
    case .ticksPerQuarter(let ticks):
      bytes += Self.bigEndian(ticks, 2)
    case .ticksPerSecond(let ticks):
      let rates = [24.0, 25, 30_000.0 / 1001, 30]
      let frames = rates.first { abs(ticks / $0 - (ticks / $0).rounded()) < 1e-9 && ticks / $0 < 255.5 } ?? 30
      bytes += [UInt8(bitPattern: -Int8(saturating: frames)), UInt8(saturating: (ticks / frames).rounded())]
    }
    for (number, track) in tracks.enumerated() {
      var body: [UInt8] = []
      var tick = 0
      for event in track {
        precondition(event.tick >= tick, "the events of a track are in order")
        body += Self.variableLength(event.tick - tick) + event.message.encoded()
        tick = event.tick
      }
      body += Self.variableLength(end(ofTrack: number) - tick) + [0xFF, 0x2F, 0]
      bytes += Array("MTrk".utf8)
      bytes += Self.bigEndian(body.count, 4)
      bytes += body
    }
    return bytes
  }

  private static func bigEndian(_ value: Int, _ count: Int) -> [UInt8] {
    precondition(value >> (8 * count) == 0, "a number fits its bytes")
    return (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
  }

  static func variableLength(_ value: Int) -> [UInt8] {
    precondition((0..<(1 << 28)).contains(value), "a variable length has 28 bits")
    var bytes = [UInt8(value & 0x7F)]
    var rest = value >> 7
    while rest > 0 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes.reversed()
  }
}

extension MIDIEvent {
  /// Note ends before the rest, at one tick.
  fileprivate var order: Int {
    if case .noteOff = message { 0 } else { 1 }
  }
}

extension MIDIEvent.Message {
  fileprivate func encoded() -> [UInt8] {
    switch self {
    case .noteOff(let channel, let key, let velocity): [0x80 | channel, key, velocity]
    case .noteOn(let channel, let key, let velocity): [0x90 | channel, key, velocity]
    case .control(let channel, let controller, let value): [0xB0 | channel, controller, value]
    case .program(let channel, let program): [0xC0 | channel, program]
    case .other(let status, let data): [status] + data
    case .tempo(let tempo): [0xFF, 0x51, 3, UInt8(tempo >> 16 & 0xFF), UInt8(tempo >> 8 & 0xFF), UInt8(tempo & 0xFF)]
    case .meta(let type, let data): [0xFF, type] + MIDIFile.variableLength(data.count) + data
    case .systemExclusive(let status, let data): [status] + MIDIFile.variableLength(data.count) + data
    }
  }
}
