import Music
import Randomness
import Testing
import Timelines

struct MIDIVariationTests {
  private let file = MIDIFile(piece: ComposedTrack.piece(seed: 41, index: 3))

  private func varied(_ number: Int, _ change: (inout MIDIVariation) -> Void = { _ in }) throws -> MIDIFile {
    var variation = MIDIVariation()
    change(&variation)
    return try variation.applied(to: file, stream: RandomStream(seed: 7).derived(number))
  }

  private func score(_ file: MIDIFile) throws -> MIDIScore { try MIDIScore(file, path: "song.mid") }

  /// Nothing changes but what a test turns on.
  private func still(_ variation: inout MIDIVariation) {
    variation.semitones = 0...0
    variation.tempo = 1
    (variation.sameFamily, variation.otherFamily, variation.omission, variation.restsAnHour) = (0, 0, 0, 0)
    (variation.gain, variation.softStretch) = (1...1, 1...1)
  }

  /// The file with nothing changed but what `change` turns on.
  private func only(_ number: Int, _ change: (inout MIDIVariation) -> Void = { _ in }) throws -> MIDIScore {
    try score(
      varied(number) {
        still(&$0)
        change(&$0)
      })
  }

  @Test func nothingTurnedOnChangesNoNote() throws {
    #expect(try only(1).notes == score(file).notes)
  }

  @Test func theSameStreamGivesTheSameFileAndItsBytesReadBack() throws {
    #expect(try varied(1) == varied(1) && varied(1) != varied(2))
    for number in 0..<20 {
      let file = try varied(number)
      #expect(try MIDIFile(parsing: file.encoded(), path: "varied.mid") == file)
      #expect(try score(file).timeline(id: "v").lanes.count >= 2)
    }
  }

  @Test func keysMoveTogetherAndDrumsStay() throws {
    let moved = try only(1) {
      $0.semitones = 3...3
    }
    let notes = try score(file).notes
    #expect(notes.contains { $0.channel == 9 } && notes.contains { $0.channel != 9 })
    let expected = notes.map { ($0.channel, $0.start, $0.channel == 9 ? $0.key : $0.key + 3) }
    #expect(moved.notes.count == expected.count)
    #expect(zip(moved.notes, expected).allSatisfy { ($0.channel, $0.start, $0.key) == $1 })
  }

  @Test func theTempoIsWithinItsFactor() throws {
    let lengths = try (0..<20).map { number in
      try only(number) {
        $0.tempo = 1.25
      }.duration / score(file).duration
    }
    #expect(lengths.allSatisfy { (0.799...1.251).contains($0) } && (lengths.max() ?? 0) / (lengths.min() ?? 1) > 1.2)
  }

  @Test func partsRestForWholeNotesAndTheOthersBeginWhereTheyDid() throws {
    let whole = try score(file).notes
    let rested = try only(2) {
      $0.restsAnHour = 600
      $0.restBars = 2...4
    }.notes
    func begins(_ notes: [MIDIScore.Note]) -> Set<[Double]> {
      Set(notes.map { [$0.start, Double($0.channel), Double($0.key)] })
    }
    #expect(rested.count < whole.count && begins(rested).isSubset(of: begins(whole)))
  }

  @Test func partsAreLeftOutButTwoStay() throws {
    let channels = try (0..<20).map { number in
      Set(
        try only(number) {
          $0.omission = 0.9
        }.notes.map(\.channel))
    }
    let all = Set(try score(file).notes.map(\.channel))
    #expect(
      all.count > 2 && channels.allSatisfy { $0.count >= 2 && $0.isSubset(of: all) } && channels.contains { $0.count == 2 })
  }

  @Test func softStretchesAreSofterAndGainIsOfThePart() throws {
    let whole = try score(file).notes
    let soft = try only(3) {
      $0.softStretch = 0.5...0.5
    }.notes
    #expect(soft.count == whole.count)
    let ratios = Set(zip(soft, whole).map { (10 * Double($0.velocity) / Double($1.velocity)).rounded() / 10 })
    #expect(ratios == [0.5, 1])
  }

  /// A part whose first note comes before any program plays program 0; its variation names another right there.
  @Test func aPartWithoutAProgramGetsOneAtItsFirstNote() throws {
    func note(_ channel: UInt8, _ tick: Int) -> [MIDIEvent] {
      [
        MIDIEvent(tick: tick, message: .noteOn(channel: channel, key: 60, velocity: 90)),
        MIDIEvent(tick: tick + 480, message: .noteOff(channel: channel, key: 60, velocity: 0)),
      ]
    }
    let reset = MIDIEvent(tick: 0, message: .systemExclusive(status: 0xF0, data: [0x7E, 0x7F, 9, 1, 0xF7]))
    let plain = MIDIFile(format: 1, division: .ticksPerQuarter(480), tracks: [[reset] + note(0, 480), note(1, 0)])
    var variation = MIDIVariation()
    still(&variation)
    variation.sameFamily = 1
    let events = try variation.applied(to: plain, stream: RandomStream(seed: 1)).tracks[0]
    let programs = events.indices.filter { if case .program(0, _) = events[$0].message { true } else { false } }
    #expect(programs.count == 1 && events[programs[0]].tick == 480 && events.firstIndex(of: reset) ?? 9 < programs[0])
  }

  @Test func programsChangeWithTheirPartAndStayInTheFamily() throws {
    let notes = try score(file).notes
    let changed = try (0..<10).map { number in
      try only(number) {
        $0.sameFamily = 1
      }.notes
    }
    for variation in changed {
      #expect(variation.map(\.label) == notes.map(\.label))
      for channel in Set(notes.map(\.channel)) {
        #expect(Set(variation.filter { $0.channel == channel }.map(\.program)).count == 1)
      }
    }
    #expect(changed.contains { $0.map(\.program) != notes.map(\.program) })
  }
}
