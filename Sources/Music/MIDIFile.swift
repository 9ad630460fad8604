/// A Standard MIDI File of format 0 or 1.
///
/// MIDI Manufacturers Association 1996, *Standard MIDI Files 1.0*, RP-001.
public struct MIDIFile: Sendable, Hashable {
  public enum Division: Sendable, Hashable {
    case ticksPerQuarter(Int)
    /// SMPTE time: 24, 25, 29.97 or 30 frames a second, each of so many ticks.
    case ticksPerSecond(Double)
  }

  public var format: Int
  public var division: Division
  /// Events in order; the end-of-track events are not among them.
  public var tracks: [[MIDIEvent]]

  public init(format: Int, division: Division, tracks: [[MIDIEvent]]) {
    self.format = format
    self.division = division
    self.tracks = tracks
  }

  /// Reads a file's bytes; `path` is what errors name.
  ///
  /// Chunks of unknown kind, bytes after the last track and bytes after a track's end are passed over, and a track may lack its end
  /// event. Everything else that breaks the format throws with the byte where it does.
  public init(parsing bytes: [UInt8], path: String) throws(MusicError) {
    var cursor = ByteCursor(bytes, path: path)
    guard bytes.starts(with: Array("MThd".utf8)) else {
      throw cursor.error("is no Standard MIDI File: it does not begin with 'MThd'")
    }
    try cursor.move(to: 4, for: "the header")
    let length = try cursor.bigEndian(4, of: "the header")
    var header = try cursor.part(length, of: "the header")
    format = try header.bigEndian(2, of: "the header")
    let count = try header.bigEndian(2, of: "the header")
    division = try Self.division(&header)
    guard format == 0 || format == 1 else {
      throw cursor.error("has format \(format); allowed are 0 and 1: convert it", at: 8)
    }
    guard count > 0, format == 1 || count == 1 else {
      throw cursor.error(
        "announces \(count) tracks; format \(format) has \(format == 0 ? "exactly one" : "at least one")", at: 10)
    }
    tracks = []
    while tracks.count < count {
      guard !cursor.isAtEnd else {
        throw cursor.error("ends after \(tracks.count) of the \(count) tracks that its header announces")
      }
      let kind = try cursor.slice(4, of: "a chunk's name")
      let size = try cursor.bigEndian(4, of: "a chunk's length")
      var chunk = try cursor.part(size, of: "a chunk")
      if kind.elementsEqual("MTrk".utf8) { tracks.append(try Self.events(&chunk)) }
    }
  }

  private static func division(_ header: inout ByteCursor) throws(MusicError) -> Division {
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

  private static func events(_ chunk: inout ByteCursor) throws(MusicError) -> [MIDIEvent] {
    var events: [MIDIEvent] = []
    var tick = 0
    var running: UInt8?
    while !chunk.isAtEnd {
      tick += try variableLength(&chunk, of: "a time")
      let offset = chunk.position
      var status = try chunk.byte(of: "an event")
      if status < 0x80 {
        guard let last = running else { throw chunk.error("a data byte (\(status)) stands where a status must", at: offset) }
        status = last
        try chunk.move(to: offset, for: "an event")
      }
      switch status {
      case 0xFF:
        running = nil
        let type = try chunk.byte(of: "a meta event")
        let data = Array(try chunk.slice(try variableLength(&chunk, of: "a meta event"), of: "a meta event"))
        if type == 0x2F { return events }
        events.append(MIDIEvent(tick: tick, message: try meta(type, data, chunk, at: offset)))
      case 0xF0, 0xF7:
        running = nil
        let data = Array(try chunk.slice(try variableLength(&chunk, of: "system data"), of: "system data"))
        events.append(MIDIEvent(tick: tick, message: .systemExclusive(status: status, data: data)))
      case 0xF1...0xFE:
        throw chunk.error("status \(status) may not stand in a file", at: offset)
      default:
        running = status
        events.append(MIDIEvent(tick: tick, message: try channelMessage(status, &chunk)))
      }
    }
    return events
  }

  private static func meta(
    _ type: UInt8, _ data: [UInt8], _ chunk: borrowing ByteCursor, at offset: Int
  ) throws(MusicError) -> MIDIEvent.Message {
    guard type == 0x51 else { return .meta(type: type, data: data) }
    let tempo = data.reduce(0) { ($0 & 0xFF_FFFF) << 8 | Int($1) }
    guard data.count == 3, tempo > 0 else {
      throw chunk.error("a tempo of \(data.count) bytes and value \(tempo); it has 3 bytes and is above 0", at: offset)
    }
    return .tempo(microsecondsPerQuarter: tempo)
  }

  private static func channelMessage(_ status: UInt8, _ chunk: inout ByteCursor) throws(MusicError) -> MIDIEvent.Message {
    let channel = status & 0x0F
    let first = try dataByte(&chunk)
    switch status & 0xF0 {
    case 0x80: return .noteOff(channel: channel, key: first, velocity: try dataByte(&chunk))
    case 0x90: return .noteOn(channel: channel, key: first, velocity: try dataByte(&chunk))
    case 0xB0: return .control(channel: channel, controller: first, value: try dataByte(&chunk))
    case 0xC0: return .program(channel: channel, program: first)
    case 0xD0: return .other(status: status, data: [first])
    default: return .other(status: status, data: [first, try dataByte(&chunk)])
    }
  }

  private static func dataByte(_ chunk: inout ByteCursor) throws(MusicError) -> UInt8 {
    let byte = try chunk.byte(of: "an event")
    guard byte < 0x80 else { throw chunk.error("a status (\(byte)) stands where a data byte must", at: chunk.position - 1) }
    return byte
  }

  /// Seven bits a byte, the highest bit set on all but the last; at most four bytes.
  private static func variableLength(_ chunk: inout ByteCursor, of what: String) throws(MusicError) -> Int {
    let offset = chunk.position
    var value = 0
    for _ in 0..<4 {
      let byte = try chunk.byte(of: what)
      value = value << 7 | Int(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    throw chunk.error("the length of \(what) runs over 4 bytes", at: offset)
  }
}
