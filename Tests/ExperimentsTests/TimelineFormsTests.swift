import Foundation
import Music
import Testing
import Timelines

/// What the project itself writes is read again, to the last bit: caches and corpora rest on it.
struct TimelineFormsTests {
  private func copy(_ timeline: Timeline) throws -> Timeline {
    try JSONDecoder().decode(Timeline.self, from: try JSONEncoder().encode(timeline))
  }

  @Test func composedPiecesAndTheirExcerptsAreReadBack() throws {
    for index in 0..<100 {
      let timeline = ComposedTrack.piece(seed: 11, index: index).timeline
      #expect(try copy(timeline) == timeline)
      let shift = 0.37 * Double(index)
      for (start, end) in [(0, 10), (shift, shift + 12.34), (timeline.duration - 7.01, timeline.duration + 3)] {
        guard start < timeline.duration - 1, let window = Interval(start: max(0, start), end: end) else { continue }
        let excerpt = timeline.cropped(to: window)
        #expect(try copy(excerpt) == excerpt, "\(excerpt.trackID)")
      }
    }
  }

  @Test func piecesThatWereWrittenAsMIDIAreReadBack() throws {
    for index in 0..<30 {
      let file = MIDIFile(piece: ComposedTrack.piece(seed: 12, index: index))
      let score = try MIDIScore(MIDIFile(parsing: file.encoded(), path: "x.mid"), path: "x.mid")
      for timeline in [score.timeline(id: "x"), score.timeline(id: "x", duration: 30.5)] {
        #expect(try copy(timeline) == timeline)
      }
    }
  }
}
