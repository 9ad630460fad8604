/// Reads the events of one track chunk.
enum MIDITrackReader {
  /// The events up to the end event, and its tick; where there is none, that of the last event.
  ///
  /// - Parameter isLengthTrue: the cursor ends where the track does, so that an end event may be missing. Otherwise it ends with the file,
  ///   and the track with its end event or where another begins.
  static func track(_ chunk: inout ByteCursor, isLengthTrue: Bool) throws(MusicError) -> (events: [MIDIEvent], end: Int) {
    var events: [MIDIEvent] = []
    var tick = 0
    var running: UInt8?
    while isLengthTrue ? !chunk.isAtEnd : !(chunk.stands("MTrk") && chunk.chunkEnd(at: chunk.position) != nil) {
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
        let type = try chunk.byte(of: "a meta event")
        let data = Array(try chunk.slice(try variableLength(&chunk, of: "a meta event"), of: "a meta event"))
        if type == 0x2F { return (events, tick) }
        events.append(MIDIEvent(tick: tick, message: try meta(type, data, chunk, at: offset)))
      case 0xF0, 0xF7:
        let data = Array(try chunk.slice(try variableLength(&chunk, of: "system data"), of: "system data"))
        events.append(MIDIEvent(tick: tick, message: .systemExclusive(status: status, data: data)))
      case 0xF1...0xFE:
        throw chunk.error("status \(status) may not stand in a file", at: offset)
      default:
        running = status
        events.append(MIDIEvent(tick: tick, message: try channelMessage(status, &chunk)))
      }
    }
    return (events, tick)
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
