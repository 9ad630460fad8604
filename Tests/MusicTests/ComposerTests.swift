import Music
import Options
import Randomness
import Testing
import Timelines

@Suite struct ComposerTests {
  private func pieces(_ count: Int, options: ComposerOptions = ComposerOptions()) -> [Piece] {
    (0..<count).map { Composer(options: options).piece(id: "\($0)", stream: RandomStream(seed: 11).derived($0)) }
  }

  @Test func lengthsAreThoseAskedFor() {
    for piece in pieces(300) {
      let timeline = piece.timeline
      #expect((40...60).contains(timeline.duration))
      #expect((4...7).contains(timeline.sections.count))
      #expect(timeline.sections.first?.interval.start == 0)
      #expect(timeline.sections.last?.interval.end == timeline.duration)
      for section in timeline.sections { #expect((5.5...15.5).contains(section.interval.duration)) }
      for (one, next) in zip(timeline.sections, timeline.sections.dropFirst()) {
        #expect(one.interval.end == next.interval.start)
      }
    }
  }

  @Test func longPiecesKeepTheRules() {
    for piece in pieces(60, options: .long) {
      #expect((60...180).contains(piece.timeline.duration))
      for section in piece.timeline.sections { #expect((5.5...15.5).contains(section.interval.duration)) }
    }
  }

  @Test func narrowRangesAreKeptToo() {
    for shortest in [20.0, 23, 31, 58, 115] {
      var options = ComposerOptions()
      options.duration = shortest...(shortest + 4)
      for piece in pieces(40, options: options) { #expect(options.duration.contains(piece.timeline.duration)) }
    }
  }

  @Test func onlyGivenInstrumentsPlay() {
    var options = ComposerOptions()
    options.instruments = [.piano, .drums, .flute]
    let labels = Set(pieces(30, options: options).flatMap { $0.timeline.lanes.map(\.label) })
    #expect(labels == ["piano", "drums", "flute"])
  }

  @Test func presencesLastAndPauseTwoSeconds() {
    for piece in pieces(300) {
      for lane in piece.timeline.lanes {
        #expect(!lane.intervals.isEmpty)
        for interval in lane.intervals {
          #expect(interval.duration >= 2 - 1e-9)
          #expect(interval.start >= 0 && interval.end <= piece.timeline.duration + 1e-9)
        }
        for (one, next) in zip(lane.intervals, lane.intervals.dropFirst()) { #expect(next.start - one.end >= 2 - 1e-9) }
      }
    }
  }

  @Test func oneToFiveInstrumentsSoundAtAnyTime() {
    for piece in pieces(300) {
      let lanes = piece.timeline.lanes
      #expect((1...6).contains(lanes.count))
      for time in stride(from: 0.05, to: piece.timeline.duration, by: 0.1) {
        let active = lanes.count { lane in lane.intervals.contains { $0.start <= time && time < $0.end } }
        #expect((1...5).contains(active))
      }
    }
  }

  @Test func notesFillTheirPresence() {
    for piece in pieces(200) {
      #expect(piece.parts.map(\.instrument.rawValue) == piece.timeline.lanes.map(\.label))
      for (part, lane) in zip(piece.parts, piece.timeline.lanes) {
        for interval in lane.intervals {
          let notes = part.notes.filter { $0.start >= interval.start && $0.start < interval.end }
          #expect(notes.first?.start == interval.start)
          var sounding = interval.start
          for note in notes {
            #expect(note.end > note.start && note.end <= interval.end)
            #expect(note.end - note.start <= 2.2 + 1e-9)
            #expect(note.start - sounding < 1.5)
            sounding = max(sounding, note.end)
          }
          #expect(interval.end - sounding < (part.instrument == .drums ? 1 : 1e-9))
        }
        let inside = part.notes.allSatisfy { note in lane.intervals.contains { $0.start <= note.start && note.end <= $0.end } }
        #expect(inside)
        #expect(part.notes.allSatisfy { part.instrument.range.contains($0.key) && $0.velocity > 0 && $0.velocity <= 1 })
      }
    }
  }

  @Test func eachSectionStaysInOneScale() {
    let major: Set<Int> = [0, 2, 4, 5, 7, 9, 11]
    for piece in pieces(100) {
      for section in piece.timeline.sections {
        let notes = piece.parts.filter { $0.instrument != .drums }.flatMap(\.notes).filter {
          $0.start >= section.interval.start - 1e-9 && $0.start < section.interval.end - 1e-9
        }
        let classes = Set(notes.map { $0.key % 12 })
        let fits = (0..<12).contains { tonic in classes.isSubset(of: Set(major.map { ($0 + tonic) % 12 })) }
        #expect(fits)
      }
    }
  }

  @Test func intensitySetsTempoLoudnessAndDensity() {
    var notes = [Double](repeating: 0, count: 5)
    var seconds = [Double](repeating: 0, count: 5)
    var loudness = [Double](repeating: 0, count: 5)
    for piece in pieces(200) {
      for section in piece.timeline.sections {
        let level = Int((section.intensity * 4).rounded())
        #expect(section.intensity == Double(level) / 4)
        let tempo = piece.tempo.beat(ofTime: section.interval.end) - piece.tempo.beat(ofTime: section.interval.start)
        let beatsPerMinute = tempo * 60 / section.interval.duration
        #expect(abs(beatsPerMinute - (72 + 17 * Double(level))) < 6.001)
        for part in piece.parts {
          let inside = part.notes.filter { $0.start >= section.interval.start && $0.start < section.interval.end }
          guard let lane = piece.timeline.lanes.first(where: { $0.label == part.instrument.rawValue }) else { continue }
          notes[level] += Double(Set(inside.map(\.start)).count)
          seconds[level] += IntervalSet(lane.intervals).clipped(to: section.interval).measure
          loudness[level] = max(loudness[level], inside.map(\.velocity).max() ?? 0)
        }
      }
    }
    let density = zip(notes, seconds).map { $0 / $1 }
    for level in 1..<5 {
      #expect(density[level] > 1.15 * density[level - 1])
      #expect(abs(Spectrum.decibels(loudness[level] / loudness[level - 1]) - 2) < 1e-9)
    }
  }

  @Test func statisticsAreThoseOfTheRecipe() {
    let pieces = pieces(400)
    let boundaries = pieces.reduce(0) { $0 + $1.timeline.sections.count - 1 }
    var events = 0
    var onBoundary = 0
    for piece in pieces {
      let starts = piece.timeline.sections.map(\.interval.start)
      let times = piece.timeline.lanes.flatMap { $0.intervals.flatMap { [$0.start, $0.end] } }
      for time in times where time > 2 && time < piece.timeline.duration - 2 {
        events += 1
        if starts.contains(where: { abs($0 - time) < 1e-6 }) { onBoundary += 1 }
      }
    }
    // 0.45 · 1 + 0.40 · 2 + 0.15 · 3 toggles a boundary, 35 % of them moved.
    #expect(abs(Double(events) / Double(boundaries) - 1.70) < 0.08)
    #expect(abs(Double(onBoundary) / Double(events) - 0.68) < 0.06)
  }

  @Test func sameSeedSamePieceOtherIndexAnother() {
    let piece = ComposedTrack.piece(seed: 4, index: 9)
    #expect(piece == ComposedTrack.piece(seed: 4, index: 9))
    #expect(piece.timeline != ComposedTrack.piece(seed: 4, index: 10).timeline)
    #expect(piece.timeline != ComposedTrack.piece(seed: 5, index: 9).timeline)
    #expect(piece.timeline.trackID == "composed-4-9")
  }

  @Test func optionsAreCheckedTogether() {
    var reader = OptionReader(
      OptionValue(
        .map([
          OptionEntry(key: "shortest", value: OptionValue(.number(50), line: 1)),
          OptionEntry(key: "longest", value: OptionValue(.number(52), line: 2)),
          OptionEntry(key: "instruments", value: OptionValue(.list([OptionValue(.text("piano"))]), line: 3)),
        ])))
    _ = ComposerOptions(options: &reader)
    #expect(reader.closed().map(\.path) == ["longest", "instruments"])
  }
}
