import Music
import Randomness
import Testing
import Timelines

@Suite struct MIDIFileTests {
  private func bytes(format: UInt8 = 0, division: [UInt8] = [0, 96], tracks: [[UInt8]]) -> [UInt8] {
    var bytes = Array("MThd".utf8) + [0, 0, 0, 6, 0, format, 0, UInt8(tracks.count)] + division
    for track in tracks { bytes += Array("MTrk".utf8) + [0, 0, 0, UInt8(track.count)] + track }
    return bytes
  }

  private func error(_ bytes: [UInt8]) -> MusicError? {
    do {
      _ = try MIDIFile(parsing: bytes, path: "song.mid")
      return nil
    } catch {
      return error
    }
  }

  private static let end: [UInt8] = [0, 0xFF, 0x2F, 0]

  @Test func readsEveryKindOfEvent() throws {
    let track: [UInt8] =
      [
        0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20,  // 500,000 µs a quarter
        0, 0xC2, 40,
        0, 0x92, 60, 100, 48, 64, 101, 48, 60, 0,  // running status, the last a note's end
        0x81, 0x40, 0x82, 64, 0,  // 192 ticks later
        0, 0xB2, 7, 90, 0, 0xE2, 0, 64, 0, 0xD2, 10,
        0, 0xF0, 3, 1, 2, 0xF7, 0, 0xFF, 0x03, 2, 65, 66,
      ] + Self.end
    let file = try MIDIFile(parsing: bytes(tracks: [track]), path: "song.mid")
    #expect(file.format == 0)
    #expect(file.division == .ticksPerQuarter(96))
    let messages: [MIDIEvent] = [
      .init(tick: 0, message: .tempo(microsecondsPerQuarter: 500_000)),
      .init(tick: 0, message: .program(channel: 2, program: 40)),
      .init(tick: 0, message: .noteOn(channel: 2, key: 60, velocity: 100)),
      .init(tick: 48, message: .noteOn(channel: 2, key: 64, velocity: 101)),
      .init(tick: 96, message: .noteOn(channel: 2, key: 60, velocity: 0)),
      .init(tick: 288, message: .noteOff(channel: 2, key: 64, velocity: 0)),
      .init(tick: 288, message: .control(channel: 2, controller: 7, value: 90)),
      .init(tick: 288, message: .other(status: 0xE2, data: [0, 64])),
      .init(tick: 288, message: .other(status: 0xD2, data: [10])),
      .init(tick: 288, message: .systemExclusive(status: 0xF0, data: [1, 2, 0xF7])),
      .init(tick: 288, message: .meta(type: 3, data: [65, 66])),
    ]
    #expect(file.tracks == [messages])
    #expect(try MIDIFile(parsing: file.encoded(), path: "again") == file)
  }

  @Test func passesOverWhatDoesNoHarm() throws {
    let note: [UInt8] = [0, 0x90, 60, 100, 10, 0x80, 60, 0]
    let unknown = Array("XFIH".utf8) + [0, 0, 0, 2, 9, 9]
    let header = Array(bytes(tracks: [note + Self.end]).prefix(14))
    let track = Array(bytes(tracks: [note + Self.end + [1, 2, 3]]).dropFirst(14))
    let file = try MIDIFile(parsing: header + unknown + track + [7, 7], path: "song.mid")
    #expect(file.tracks[0].count == 2)
    #expect(try MIDIFile(parsing: bytes(tracks: [note]), path: "no end event").tracks == file.tracks)
    // A longer header than today's is legal.
    let long = Array("MThd".utf8) + [0, 0, 0, 8, 0, 0, 0, 1, 0, 96, 5, 5] + track
    #expect(try MIDIFile(parsing: long, path: "song.mid").tracks == file.tracks)
  }

  @Test func readsTimeInFrames() throws {
    for (code, frames) in [(UInt8(0xE8), 24.0), (0xE7, 25), (0xE3, 30_000.0 / 1001), (0xE2, 30)] {
      let file = try MIDIFile(parsing: bytes(division: [code, 40], tracks: [Self.end]), path: "song.mid")
      #expect(file.division == .ticksPerSecond(frames * 40))
      #expect(try MIDIFile(parsing: file.encoded(), path: "again") == file)
    }
  }

  @Test func errorsNameTheByte() {
    let note: [UInt8] = [0, 0x90, 60, 100]
    #expect(error([])?.offset == 0)
    #expect(error(Array("RIFF".utf8))?.message.contains("does not begin with 'MThd'") == true)
    #expect(error(bytes(format: 2, tracks: [Self.end]))?.offset == 8)
    #expect(error(bytes(format: 0, tracks: [Self.end, Self.end]))?.offset == 10)
    #expect(error(bytes(division: [0, 0], tracks: [Self.end]))?.offset == 12)
    #expect(error(bytes(division: [0x99, 4], tracks: [Self.end]))?.message.contains("103 SMPTE frames of 4 ticks") == true)
    #expect(error(bytes(tracks: [[0, 60, 100]]))?.offset == 23)
    #expect(error(bytes(tracks: [[0, 60, 100]]))?.message.contains("a data byte (60) stands where a status must") == true)
    #expect(error(bytes(tracks: [[0, 0x90, 0x90, 100]]))?.offset == 24)
    #expect(error(bytes(tracks: [[0, 0xF8]]))?.message.contains("status 248 may not stand in a file") == true)
    #expect(error(bytes(tracks: [[0x81, 0x82, 0x83, 0x84, 0]]))?.offset == 22)
    #expect(error(bytes(tracks: [[0, 0xFF, 0x51, 2, 1, 1]]))?.message.contains("a tempo of 2 bytes") == true)
    #expect(error(bytes(tracks: [[0, 0xFF, 0x51, 3, 0, 0, 0]]))?.message.contains("is above 0") == true)
    #expect(error(bytes(tracks: [[0, 0xFF, 0x01, 9, 65]]))?.message.contains("9 bytes are announced, 1 are left") == true)
    #expect(error(bytes(tracks: [note + [0, 0xF0, 1, 0xF7, 0, 60, 0] + Self.end])) == nil)
    #expect(
      error(Array(bytes(tracks: [note + Self.end]).dropLast(6)))?.description.hasPrefix(
        "song.mid: byte 22: ends inside a chunk") == true)
    #expect(
      error(bytes(format: 1, tracks: [Self.end, []]).dropLast(8).map { $0 })?.message.contains("after 1 of the 2 tracks")
        == true)
  }

  @Test func everyPrefixIsAnErrorOrAFile() {
    let whole = MIDIFile(piece: ComposedTrack.piece(seed: 1, index: 1)).encoded()
    for length in stride(from: 0, to: whole.count, by: 37) {
      let error = error(Array(whole.prefix(length)))
      #expect(error?.code == .malformed)
      #expect((0...length).contains(error?.offset ?? -1))
    }
  }

  @Test func damagedFilesNeverTrap() {
    var random = RandomStream(seed: 2)
    let whole = Array(MIDIFile(piece: ComposedTrack.piece(seed: 1, index: 2)).encoded().prefix(3000))
    var accepted = 0
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<random.integer(in: 1...8) {
        bytes[random.integer(in: 0...(bytes.count - 1))] = UInt8(truncatingIfNeeded: random.next())
      }
      // The length of the first track that follows is often wrong now; keep some files whole.
      if random.chance(0.5) { bytes = Array(bytes.prefix(random.integer(in: 20...bytes.count))) }
      do {
        let score = try MIDIScore(try MIDIFile(parsing: bytes, path: "x"), path: "x")
        let timeline = score.timeline(id: "x")
        #expect(timeline.duration <= 3600 + 1e-9)
        accepted += 1
      } catch {
        #expect(error.offset.map { $0 <= bytes.count } ?? (error.code == .unsupported))
      }
    }
    // Single tracks of a few events are easy to keep valid: the score's side is tried too.
    for _ in 0..<20_000 {
      let track = (0..<random.integer(in: 4...60)).flatMap { _ -> [UInt8] in
        [
          random.chance(0.9) ? UInt8(random.integer(in: 0...127)) : UInt8(random.integer(in: 128...255)),
          UInt8(random.integer(in: 0x80...0xEF)), UInt8(random.integer(in: 0...127)), UInt8(random.integer(in: 0...127)),
        ]
      }
      guard let file = try? MIDIFile(parsing: self.bytes(tracks: [track]), path: "x"),
        let score = try? MIDIScore(file, path: "x")
      else { continue }
      accepted += 1
      for note in score.notes { #expect(note.end > note.start && note.loudness > 0) }
      let timeline = score.timeline(id: "x")
      #expect(timeline.lanes.allSatisfy { $0.intervals.allSatisfy { $0.end <= timeline.duration } })
    }
    #expect(accepted > 100)
  }
}
