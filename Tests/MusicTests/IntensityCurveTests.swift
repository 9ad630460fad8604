import Music
import Testing
import Timelines

@Suite struct IntensityCurveTests {
  /// Notes at an even rate a second from one time to another.
  private func notes(_ rate: Double, from start: Double, to end: Double, loudness: Double = 0.5) -> [(
    time: Double, loudness: Double
  )] {
    stride(from: start, to: end, by: 1 / rate).map { ($0, loudness) }
  }

  @Test func evenMusicIsOneSection() {
    let sections = IntensityCurve(onsets: notes(4, from: 0, to: 50), duration: 50).sections
    #expect(sections == [Timeline.Section(interval: Interval(0, 50), label: "", intensity: 0.5)])
  }

  @Test func stepsInDensityAreFoundWhereTheyAre() {
    let onsets = notes(2, from: 0, to: 20) + notes(8, from: 20, to: 40) + notes(2, from: 40, to: 60)
    let sections = IntensityCurve(onsets: onsets, duration: 60).sections
    #expect(sections.first?.intensity == 0 && sections.last?.intensity == 0)
    let middle = sections.filter { $0.intensity == 1 }
    #expect(middle.count == 1)
    #expect(sections.map(\.interval.start).contains { abs($0 - 20) <= 0.5 })
    #expect(sections.map(\.interval.end).contains { abs($0 - 40) <= 0.5 })
  }

  @Test func loudnessCountsAsDensityDoes() {
    let onsets = notes(4, from: 0, to: 30, loudness: 0.2) + notes(4, from: 30, to: 60, loudness: 0.9)
    let sections = IntensityCurve(onsets: onsets, duration: 60).sections
    #expect(sections.first?.intensity == 0 && sections.last?.intensity == 1)
  }

  @Test func sectionsCoverTheTrackWithoutGaps() {
    for index in 0..<50 {
      let piece = ComposedTrack.piece(seed: 9, index: index)
      let onsets = piece.parts.flatMap(\.notes).map { (time: $0.start, loudness: $0.velocity) }
      let sections = IntensityCurve(onsets: onsets, duration: piece.timeline.duration).sections
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
      let onsets = piece.parts.flatMap(\.notes).map { (time: $0.start, loudness: $0.velocity) }
      let sections = IntensityCurve(onsets: onsets, duration: piece.timeline.duration).sections
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

  @Test func nothingIsNothing() {
    #expect(IntensityCurve(onsets: [], duration: 0).sections.isEmpty)
    #expect(IntensityCurve(onsets: [], duration: 10).sections.map(\.intensity) == [0.5])
  }
}
