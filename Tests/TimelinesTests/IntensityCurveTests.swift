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

  @Test func nothingIsNothing() {
    #expect(IntensityCurve(onsets: [], duration: 0).sections.isEmpty)
    #expect(IntensityCurve(onsets: [], duration: 10).sections.map(\.intensity) == [0.5])
  }

  /// Triangular weights 17, 16 … 1 to both sides add up to 289; at the start of the piece one side is missing: 153.
  @Test func aNoteIsSpreadOverFourSecondsToEitherSide() {
    let values = IntensityCurve(onsets: [(10.1, 0.5)], duration: 20).values
    #expect(values.count == 80 && abs(values[40] - 0.5 * 17 / 289) < 1e-12 && abs(values[56] - 0.5 / 289) < 1e-12)
    #expect(values[57] == 0 && values[23] == 0 && values[24] > 0)
    #expect(abs(IntensityCurve(onsets: [(0, 0.5)], duration: 20).values[0] - 0.5 * 17 / 153) < 1e-12)
  }

  @Test func aWindowHoldsItsPartOfTheCurve() {
    let curve = IntensityCurve(onsets: notes(3, from: 5, to: 40) + notes(9, from: 20, to: 30), duration: 60)
    let part = curve.cropped(to: Interval(10.1, 30.1))
    #expect(part.duration == 20 && part.values == Array(curve.values[40..<120]))
    #expect(curve.cropped(to: Interval(50, 60)).values == Array(curve.values[200...]))
    #expect(curve.cropped(to: Interval(0, 60)).values == curve.values)
  }

  /// Of the smoothed curve alone boundaries are found less exactly, the levels are the same.
  @Test func anEstimatedCurveIsCutIntoTheSameLevels() {
    let onsets = notes(2, from: 0, to: 20) + notes(8, from: 20, to: 40) + notes(2, from: 40, to: 60)
    let curve = IntensityCurve(onsets: onsets, duration: 60)
    let estimated = IntensityCurve(values: curve.values, duration: 60).sections
    func level(_ sections: [Timeline.Section], _ time: Double) -> Double? {
      sections.last { $0.interval.start <= time }?.intensity
    }
    for time in [5.0, 15, 25, 30, 35, 45, 55] { #expect(level(estimated, time) == level(curve.sections, time)) }
    #expect(IntensityCurve(values: [], duration: 10).sections.isEmpty)
  }
}
