import Foundation
import Music
import Testing
import Timelines

/// What holds an organ's note after its key went up, and what ends it: as FluidSynth sounds.
@Suite struct MIDIPedalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// Ticks, of which 960 are a second.
    var events: [MIDIEvent]
    /// When the note ends, in seconds.
    var end: Double
    var testDescription: String { name }
  }

  private static func on(_ tick: Int, _ key: UInt8 = 60) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .noteOn(channel: 0, key: key, velocity: 100))
  }

  private static func off(_ tick: Int, _ key: UInt8 = 60) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .noteOff(channel: 0, key: key, velocity: 64))
  }

  private static func control(_ tick: Int, _ controller: UInt8, _ value: UInt8) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .control(channel: 0, controller: controller, value: value))
  }

  private static func system(_ tick: Int, _ data: [UInt8]) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .systemExclusive(status: 0xF0, data: data + [0xF7]))
  }

  private static let sustained = [control(0, 64, 127), on(0)]

  static let cases = [
    Case(name: "sostenuto", events: [on(0), control(10, 66, 127), off(480), control(2400, 66, 0)], end: 2.5),
    Case(name: "sostenuto pressed before", events: [control(0, 66, 127), on(10), off(480), control(2400, 66, 0)], end: 0.5),
    Case(
      name: "sostenuto over sustain",
      events: [on(0), control(10, 66, 127), control(20, 64, 127), off(480), control(1440, 64, 0), control(2400, 66, 0)],
      end: 2.5),
    Case(
      name: "sustain does not take over",
      events: [on(0), control(10, 66, 127), control(20, 64, 127), off(480), control(1440, 66, 0), control(2400, 64, 0)],
      end: 1.5),
    Case(name: "all notes off", events: [on(0), control(480, 123, 0), off(2400)], end: 0.5),
    Case(name: "all notes off, sustained", events: sustained + [control(480, 123, 0), control(2400, 64, 0)], end: 2.5),
    Case(name: "omni off, sustained", events: sustained + [control(480, 124, 0), control(2400, 64, 0)], end: 2.5),
    Case(name: "all sound off, sustained", events: sustained + [control(480, 120, 0), control(2400, 64, 0)], end: 0.5),
    Case(
      name: "all notes off, sostenuto",
      events: [on(0), control(10, 66, 127), control(480, 123, 0), control(2400, 66, 0)], end: 2.5),
    Case(
      name: "controllers reset, sostenuto",
      events: [on(0), control(10, 66, 127), off(480), control(960, 121, 0), control(2400, 66, 0)], end: 1),
    Case(name: "controllers reset, key down", events: [on(0), control(960, 121, 0), off(2400)], end: 2.5),
    Case(name: "sustain for long", events: sustained + [off(480), control(3840, 64, 0)], end: 4),
    Case(name: "sostenuto for long", events: [on(0), control(10, 66, 127), off(480), control(3840, 66, 0)], end: 4),
    Case(name: "General MIDI on", events: [on(0), system(480, [0x7E, 0x7F, 9, 1]), off(2400)], end: 0.5),
    Case(name: "General MIDI 2 on, sustained", events: sustained + [system(480, [0x7E, 0, 9, 3]), off(2400)], end: 0.5),
    Case(name: "General MIDI off", events: [on(0), system(480, [0x7E, 0x7F, 9, 2]), off(2400)], end: 2.5),
    Case(name: "another device", events: [on(0), system(480, [0x7E, 0x10, 9, 1]), off(2400)], end: 2.5),
    Case(
      name: "GS reset",
      events: [on(0), system(480, [0x41, 0x10, 0x42, 0x12, 0x40, 0, 0x7F, 0, 0x41]), off(2400)], end: 2.5),
  ]

  @Test(arguments: cases) func notesEndWhereTheyAreHeardToEnd(one: Case) throws {
    let program = MIDIEvent(tick: 0, message: .program(channel: 0, program: 19))
    // Another note keeps the file long enough.
    let file = MIDIFile(
      format: 0, division: .ticksPerQuarter(480), tracks: [[program] + one.events + [Self.on(4800, 72), Self.off(5280, 72)]])
    let note = try #require(try MIDIScore(file, path: "x").notes.first)
    #expect(abs(note.end - one.end) < 1e-9)
    let folder = try Folder()
    try folder.write(file.encoded(), to: "x.mid")
    let samples = try FluidSynth().signal(ofMIDIFile: folder.file("x.mid")).samples
    func level(_ second: Double) -> Double {
      let first = Int((second * 16_000).rounded())
      return Spectrum.rootMeanSquare(samples[first..<(first + 1600)])
    }
    #expect(level(one.end - 0.2) > 10 * level(one.end + 0.6), "\(level(one.end - 0.2)) then \(level(one.end + 0.6))")
  }

  @Test func generalMIDIOnSetsProgramsAndLevelsBack() throws {
    let file = MIDIFile(
      format: 0, division: .ticksPerQuarter(480),
      tracks: [
        [
          MIDIEvent(tick: 0, message: .program(channel: 0, program: 19)), Self.control(0, 7, 0),
          Self.system(480, [0x7E, 0x7F, 9, 1]), Self.on(960), Self.off(1920),
        ]
      ])
    let score = try MIDIScore(file, path: "x")
    #expect(score.notes.map(\.program) == [0])
    let loudness = try #require(score.notes.first?.loudness)
    let expected = 100.0 / 127 * 100 / 127
    #expect(abs(loudness - expected) < 1e-12)
    #expect(score.timeline(id: "x").lanes.map(\.label) == ["piano"])
  }
}
