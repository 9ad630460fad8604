import Music
import Testing
import Timelines

/// MIDI files as other programs write them, some of them not quite by the book.
@Suite struct MIDICasesTests {
  private func lanes(_ name: String) throws -> [String: [Interval]] {
    let timeline = try CaseFiles.timeline(name)
    return Dictionary(uniqueKeysWithValues: timeline.lanes.map { ($0.label, $0.intervals) })
  }

  @Test(arguments: ["one-tick", "zero", "off-before-on"]) func drumStrokesRingWhateverTheirLength(name: String) throws {
    let lanes = try lanes("01-\(name).mid")
    #expect(Set(lanes.keys) == ["drums", "piano"])
    let drums = try #require(lanes["drums"])
    #expect(drums.count == 1 && drums[0].start == 0 && abs(drums[0].end - 16) < 0.01)
    let piano = try #require(lanes["piano"])
    #expect(abs(piano[0].start - 8) < 1e-9 && abs(piano[0].end - 15.5) < 1e-9)
  }

  @Test func heldNotesEndWithTheEndEvent() throws {
    let expected = [Interval(0, 4), Interval(6, 20)]
    for name in ["closed", "held", "held2"] {
      #expect(try lanes("02-\(name).mid")["strings"] == expected, "\(name)")
      #expect(try CaseFiles.timeline("02-\(name).mid").duration == 20)
    }
  }

  @Test func runningStatusGoesOnAfterMetaEventsAndSystemData() throws {
    let explicit = try CaseFiles.timeline("04-explicit.mid")
    #expect(explicit.duration == 8)
    #expect(try CaseFiles.timeline("04-meta.mid") == explicit)
    #expect(try CaseFiles.timeline("04-sysex.mid") == explicit)
  }

  @Test(arguments: [
    "counts-vendor-chunk", "empty-track-length0-with-eot", "first-too-long", "last-too-long", "one-announced-two-there",
    "zero-length-header",
  ]) func wrongLengthsAndCountsLoseNothing(name: String) throws {
    let lanes = try lanes("05-\(name).mid")
    #expect(Set(lanes.keys) == ["drums", "piano"])
    let drums = try #require(lanes["drums"])
    #expect(drums.count == 1 && drums[0].start == 0 && abs(drums[0].end - 16) < 0.01)
    #expect(try #require(lanes["piano"]).first?.start == 8)
  }

  @Test func missingTracksAreSaid() throws {
    let text = message { _ = try lanes("05-eight-announced.mid") }
    #expect(
      text
        == "05-eight-announced.mid: byte 696: ends after 2 of the 8 tracks that its header announces: get the file anew, or correct the count"
    )
  }

  @Test func aTrackWhoseLengthIsTooShortIsReadToItsEnd() throws {
    let whole = try CaseFiles.bytes("05-first-too-long.mid")
    for short in [1, 3, 5, 40, 400] {
      var bytes = whole
      let length = 0x243 - short
      (bytes[20], bytes[21]) = (UInt8(length >> 8), UInt8(length & 0xFF))
      let score = try MIDIScore(MIDIFile(parsing: bytes, path: "x"), path: "x")
      #expect(score.notes.count == 64 + 8 && score.timeline(id: "x").lanes.count == 2, "\(short)")
    }
  }

  @Test func aLengthThatCoversTheNextTrackHidesNothing() throws {
    var bytes = try CaseFiles.bytes("05-one-announced-two-there.mid")
    let all = bytes.count - 22
    (bytes[20], bytes[21]) = (UInt8(all >> 8), UInt8(all & 0xFF))
    #expect(try MIDIFile(parsing: bytes, path: "x").tracks.count == 2)
  }

  @Test func swellingNotesAreHeardFromWhereTheyAreLoudEnough() throws {
    let swell = try #require(try lanes("07-swell.mid")["strings"])
    #expect(swell.count == 1 && swell[0].start > 0.1 && swell[0].start < 1.5 && abs(swell[0].end - 16) < 1e-6)
    #expect(try lanes("07-no-swell.mid")["strings"] == [Interval(0, 16)])
    let fade = try #require(try lanes("07-fade-out.mid")["strings"])
    #expect(fade.count == 1 && fade[0].start == 0 && fade[0].end > 6 && fade[0].end < 16)
  }

  @Test func silenceWithinANoteIsAPauseFromTwoSecondsOn() throws {
    // Two beats a second; expression falls to 0 at 4 s and comes back at 4 + pause.
    func strings(_ pause: Int) throws -> [Interval] {
      func control(_ beat: Int, _ value: UInt8) -> MIDIEvent {
        MIDIEvent(tick: beat, message: .control(channel: 0, controller: 11, value: value))
      }
      let events = [
        MIDIEvent(tick: 0, message: .program(channel: 0, program: 48)),
        MIDIEvent(tick: 0, message: .noteOn(channel: 0, key: 60, velocity: 100)), control(8, 0), control(8 + 2 * pause, 127),
        MIDIEvent(tick: 40, message: .noteOff(channel: 0, key: 60, velocity: 0)),
      ]
      let file = MIDIFile(format: 0, division: .ticksPerQuarter(1), tracks: [events])
      return try MIDIScore(file, path: "x").timeline(id: "x").lanes[0].intervals
    }
    #expect(try strings(1) == [Interval(0, 20)])
    #expect(try strings(3) == [Interval(0, 4), Interval(7, 20)])
  }

  @Test func filesInARIFFContainerAreRead() throws {
    let file = try CaseFiles.bytes("02-held.mid")
    let info = Array("LIST".utf8) + WADWriting.littleEndian(5) + Array("INFOx".utf8) + [0]
    func container(_ size: Int) -> [UInt8] {
      let body = Array("RMID".utf8) + info + Array("data".utf8) + WADWriting.littleEndian(size) + file
      return Array("RIFF".utf8) + WADWriting.littleEndian(body.count) + body
    }
    let expected = try MIDIFile(parsing: file, path: "x")
    for size in [file.count, -1, 1_000_000] { #expect(try MIDIFile(parsing: container(size), path: "x") == expected) }
    #expect(
      message { _ = try MIDIFile(parsing: Array(container(0).prefix(30)), path: "x.rmi") }
        == "x.rmi: byte 0: is a RIFF container of kind RMID without a MIDI file in it")
  }

  @Test func whatComesBeforeOrAfterAFileIsSaid() throws {
    let file = try CaseFiles.bytes("02-held.mid")
    #expect(
      message { _ = try MIDIFile(parsing: [UInt8](repeating: 0, count: 128) + file, path: "x") }
        == "x: byte 0: is no Standard MIDI File: it does not begin with 'MThd', which stands at byte 128: cut off what comes before"
    )
    #expect(
      message { _ = try MIDIFile(parsing: file + file, path: "x") }
        == "x: byte \(file.count): a second file begins here: give the two files apart")
    #expect(try MIDIFile(parsing: file + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], path: "x") == MIDIFile(parsing: file, path: "x"))
  }
}
