import Music
import Testing
import Timelines

@Suite struct MIDIScoreTests {
  private func score(_ tracks: [[MIDIEvent]], division: MIDIFile.Division = .ticksPerQuarter(480)) throws -> MIDIScore {
    try MIDIScore(MIDIFile(format: 1, division: division, tracks: tracks), path: "song.mid")
  }

  private func on(_ tick: Int, _ key: UInt8, channel: UInt8 = 0, velocity: UInt8 = 100) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .noteOn(channel: channel, key: key, velocity: velocity))
  }

  private func off(_ tick: Int, _ key: UInt8, channel: UInt8 = 0) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .noteOff(channel: channel, key: key, velocity: 0))
  }

  private func control(_ tick: Int, _ controller: UInt8, _ value: UInt8) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .control(channel: 0, controller: controller, value: value))
  }

  private func tempo(_ tick: Int, _ microseconds: Int) -> MIDIEvent {
    MIDIEvent(tick: tick, message: .tempo(microsecondsPerQuarter: microseconds))
  }

  @Test func tempoChangesHoldForAllTracks() throws {
    let score = try score([
      [tempo(0, 500_000), tempo(960, 1_000_000), tempo(1920, 250_000)],
      [on(480, 60), off(1440, 60), on(2400, 62), off(2880, 62)],
    ])
    #expect(score.notes.map(\.start) == [0.5, 3.25])
    #expect(score.notes.map(\.end) == [2, 3.5])
    #expect(score.duration == 3.5)
    #expect(score.tempo?.beat(ofTime: 2) == 3)
  }

  @Test func withoutTempoAQuarterLastsHalfASecond() throws {
    #expect(try score([[on(480, 60), off(960, 60)]]).notes.map(\.start) == [0.5])
  }

  @Test func framesAreSeconds() throws {
    let score = try score([[tempo(0, 9), on(1000, 60), off(3000, 60)]], division: .ticksPerSecond(1000))
    #expect(score.notes.map(\.start) == [1] && score.notes.map(\.end) == [3])
    #expect(score.tempo == nil)
  }

  @Test func aKeyThatGoesDownAgainEndsTheNoteBeforeAndGoesUpOnce() throws {
    let notes = try score([[on(0, 60), on(480, 60), off(960, 60), on(1920, 60), off(2400, 60), off(2880, 60)]]).notes
    #expect(notes.map(\.start) == [0, 0.5, 2])
    #expect(notes.map(\.end) == [0.5, 1, 2.5])
  }

  @Test func heldNotesEndWithTheFile() throws {
    #expect(try score([[on(0, 60), control(960, 1, 3)]]).notes.map(\.end) == [1])
    let late = MIDIFile(format: 1, division: .ticksPerQuarter(480), tracks: [[on(0, 60)], []], ends: [480, 2400])
    #expect(try MIDIScore(MIDIFile(parsing: late.encoded(), path: "x"), path: "x").notes.map(\.end) == [2.5])
  }

  @Test func aHeldNoteMayNotLastForHours() throws {
    let file = MIDIFile(format: 0, division: .ticksPerQuarter(480), tracks: [[on(0, 60)]], ends: [960 * 3601])
    #expect(message { _ = try MIDIScore(file, path: "x") }.contains("has an event at 3601.0 s; at most 3600 s"))
    // Nothing is held: the end of the track does no harm.
    let closed = MIDIFile(format: 0, division: .ticksPerQuarter(480), tracks: [[on(0, 60), off(480, 60)]], ends: [960 * 3601])
    #expect(try MIDIScore(closed, path: "x").duration == 0.5)
  }

  @Test func notesLetGoAtOnceAreHeard() throws {
    let events = [on(0, 60), off(0, 60), on(480, 36, channel: 9), off(480, 36, channel: 9)]
    let score = try score([events])
    #expect(score.notes.map(\.end) == [0.01, 0.75])
    #expect(score.timeline(id: "x", duration: 2).lanes.map(\.intervals) == [[Interval(0, 0.01)], [Interval(0.5, 0.75)]])
  }

  @Test func fiftyThousandNotesOnAllProgramsTakeLittleTime() throws {
    var events: [MIDIEvent] = []
    for note in 0..<50_000 {
      let tick = note * 60
      events.append(MIDIEvent(tick: tick, message: .program(channel: 0, program: UInt8(note % 128))))
      events.append(on(tick, UInt8(note % 97)))
      events.append(off(tick + 30, UInt8(note % 97)))
    }
    let start = ContinuousClock.now
    let file = MIDIFile(format: 0, division: .ticksPerQuarter(480), tracks: [events])
    let lanes = try MIDIScore(MIDIFile(parsing: file.encoded(), path: "x"), path: "x").timeline(id: "x").lanes
    #expect(lanes.count == 15)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func keysThatAreNeverLetGoTakeNoQuadraticTime() throws {
    let events = (0..<200_000).map { on($0, 60) }
    let start = ContinuousClock.now
    #expect(try score([events]).notes.count == 200_000)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func pedalHoldsNotesForThreeSecondsAtMost() throws {
    let short = try score([[control(0, 64, 127), on(0, 60), off(480, 60), control(1440, 64, 0), on(1500, 61), off(9600, 61)]])
    #expect(short.notes[0].end == 1.5)
    let long = try score([[control(0, 64, 127), on(0, 60), off(480, 60), control(9600, 64, 0)]])
    #expect(long.notes[0].end == 3.5)
  }

  @Test func loudnessIsVelocityTimesVolumeTimesExpression() throws {
    let notes = try score([
      [
        control(0, 7, 127), on(0, 60, velocity: 127), control(0, 11, 64), on(0, 61, velocity: 127), off(9, 60), off(9, 61),
        control(9, 7, 0), on(10, 62), off(20, 62),
      ]
    ]).notes
    #expect(notes.map(\.loudness) == [1, 64.0 / 127])
  }

  @Test func eventsPastAnHourAreRefused() {
    do {
      _ = try score([[on(0, 60), off(480 * 7201, 60)]])
      Issue.record("was accepted")
    } catch {
      #expect("\(error)" == "song.mid: has an event at 3600.5 s; at most 3600 s are allowed: cut it into parts")
    }
  }

  @Test func programsNameTheLanes() throws {
    let expected: [(UInt8, String)] = [
      (0, "piano"), (7, "piano"), (8, "mallets"), (16, "organ"), (23, "organ"), (24, "guitar"), (31, "guitar"), (32, "bass"),
      (40, "strings"), (46, "harp"), (47, "drums"), (48, "strings"), (52, "choir"), (55, "strings"), (56, "brass"),
      (63, "brass"),
      (64, "reeds"), (72, "flute"), (79, "flute"), (80, "synth"), (103, "synth"), (104, "plucked"), (108, "mallets"),
      (110, "strings"), (112, "drums"), (114, "mallets"), (119, "drums"), (120, "effects"), (127, "effects"),
    ]
    for (program, label) in expected { #expect(GeneralMIDI.label(ofProgram: program, isDrums: false) == label) }
    for program in UInt8(0)...127 {
      #expect(GeneralMIDI.labels.contains(GeneralMIDI.label(ofProgram: program, isDrums: false)))
      #expect(GeneralMIDI.label(ofProgram: program, isDrums: true) == "drums")
    }
    for instrument in Instrument.allCases where instrument != .drums {
      #expect(GeneralMIDI.label(ofProgram: instrument.program, isDrums: false) == instrument.rawValue)
    }
  }

  @Test func pausesUnderTwoSecondsAreBridged() throws {
    let program = MIDIEvent(tick: 0, message: .program(channel: 0, program: 48))
    // 960 ticks a second: pauses of 1.99 s, then 2 s.
    let events = [program, on(0, 60), off(960, 60), on(960 + 1910, 60), off(3840, 60), on(5760, 60), off(6720, 60)]
    let lane = try score([events]).timeline(id: "x").lanes[0]
    #expect(lane.label == "strings")
    #expect(lane.intervals == [Interval(0, 4), Interval(6, 7)])
  }

  @Test func struckNotesFadeAndDrumsAreShort() throws {
    let drums = [on(0, 36, channel: 9), off(1, 36, channel: 9), on(9600, 36, channel: 9), off(19_200, 36, channel: 9)]
    let timeline = try score([[on(0, 60), off(19_200, 60)], drums]).timeline(id: "x", duration: 20)
    #expect(timeline.lanes.map(\.label) == ["piano", "drums"])
    #expect(timeline.lanes[0].intervals == [Interval(0, 4)])
    #expect(timeline.lanes[1].intervals == [Interval(0, 0.25), Interval(10, 10.25)])
  }

  @Test(arguments: 0..<40) func composedPiecesComeBack(index: Int) throws {
    let piece = ComposedTrack.piece(seed: 77, index: index)
    let file = try MIDIFile(parsing: MIDIFile(piece: piece).encoded(), path: "piece.mid")
    #expect(file == MIDIFile(piece: piece))
    let score = try MIDIScore(file, path: "piece.mid")
    #expect(score.notes.count == piece.parts.reduce(0) { $0 + $1.notes.count })
    for part in piece.parts {
      let read = score.notes.filter { $0.label == part.instrument.rawValue }
      // Half a tick of 1/960 quarter at the slowest tempo.
      let tolerance = 0.5 / 960 * 60 / 66 + 1e-9
      let pairs = zip(read, part.notes)
      #expect(read.map { Int($0.key) } == part.notes.map(\.key))
      // A key that is struck or let go ends what sounds on it.
      let ends = part.notes.map { note in
        part.notes.filter { $0.key == note.key }.flatMap { [$0.start, $0.end] }.filter { $0 > note.start + tolerance }.min()
      }
      #expect(pairs.allSatisfy { abs($0.start - $1.start) <= tolerance })
      #expect(zip(read, ends).allSatisfy { abs($0.end - ($1 ?? 0)) <= tolerance })
      #expect(pairs.allSatisfy { abs(Double($0.velocity) / 127 - $1.velocity.squareRoot()) <= 0.5 / 127 + 1e-9 })
      let onGrid = pairs.filter {
        abs(piece.tempo.beat(ofTime: $1.start) * 4 - (piece.tempo.beat(ofTime: $1.start) * 4).rounded()) < 1e-9
      }
      #expect(onGrid.allSatisfy { abs($0.start - $1.start) < 1e-9 })
    }
    let timeline = score.timeline(id: piece.timeline.trackID, duration: piece.timeline.duration)
    #expect(timeline.lanes.map(\.label) == piece.timeline.lanes.map(\.label))
    for (read, written) in zip(timeline.lanes, piece.timeline.lanes) {
      #expect(read.intervals.count == written.intervals.count)
      for (one, other) in zip(read.intervals, written.intervals) {
        #expect(abs(one.start - other.start) < 1e-9)
        // The last stroke of the drums rings out before the section ends.
        #expect(abs(one.end - other.end) < (read.label == "drums" ? 1 : 1e-3))
      }
    }
  }
}
