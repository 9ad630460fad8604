import Music
import Testing
import Timelines

@Suite struct ComposedIntensityTests {
  @Test func sectionsCoverTheTrackWithoutGaps() {
    for index in 0..<50 {
      let piece = ComposedTrack.piece(seed: 9, index: index)
      let sections = piece.intensity.sections
      #expect(sections.first?.interval.start == 0)
      #expect(sections.last?.interval.end == piece.timeline.duration)
      for (one, next) in zip(sections, sections.dropFirst()) {
        #expect(one.interval.end == next.interval.start)
        #expect(one.intensity != next.intensity)
        #expect(one.interval.duration >= 3)
      }
      #expect(sections.allSatisfy { [0, 0.25, 0.5, 0.75, 1].contains($0.intensity) })
    }
  }

  /// The curve knows nothing of the composer's levels, but must follow them.
  @Test func followsTheComposersLevels() {
    var products = 0.0
    var squares = 0.0
    var references = 0.0
    for index in 0..<60 {
      let piece = ComposedTrack.piece(seed: 10, index: index)
      let sections = piece.intensity.sections
      let times = stride(from: 0.5, to: piece.timeline.duration, by: 1)
      func levels(_ sections: [Timeline.Section]) -> [Double] {
        let levels = times.map { time in sections.last { $0.interval.start <= time }?.intensity ?? 0 }
        let mean = levels.reduce(0, +) / Double(levels.count)
        return levels.map { $0 - mean }
      }
      for (one, other) in zip(levels(sections), levels(piece.timeline.sections)) {
        products += one * other
        squares += one * one
        references += other * other
      }
    }
    #expect(products / (squares * references).squareRoot() > 0.5)
  }
}
