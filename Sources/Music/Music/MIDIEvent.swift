/// One event of a Standard MIDI File.
package struct MIDIEvent: Sendable, Hashable {
  package enum Message: Sendable, Hashable {
    case noteOff(channel: UInt8, key: UInt8, velocity: UInt8)
    /// Velocity 0 ends the note.
    case noteOn(channel: UInt8, key: UInt8, velocity: UInt8)
    case control(channel: UInt8, controller: UInt8, value: UInt8)
    case program(channel: UInt8, program: UInt8)
    /// Key pressure (0xA0), channel pressure (0xD0) and pitch bend (0xE0), by status byte.
    case other(status: UInt8, data: [UInt8])
    case tempo(microsecondsPerQuarter: Int)
    /// A meta event of any other type.
    case meta(type: UInt8, data: [UInt8])
    /// Status 0xF0 or 0xF7.
    case systemExclusive(status: UInt8, data: [UInt8])
  }

  /// From the start of the file, in the file's time division.
  package var tick: Int
  package var message: Message

  package init(tick: Int, message: Message) {
    self.tick = tick
    self.message = message
  }
}
