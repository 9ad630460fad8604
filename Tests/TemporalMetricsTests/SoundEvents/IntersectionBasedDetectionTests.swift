import TemporalMetrics
import Testing
import Timelines

struct IntersectionBasedDetectionTests {
  private func event(_ start: Double, _ end: Double, _ label: String) -> SoundEvent {
    SoundEvent(interval: Interval(start, end), label: label)
  }

  @Test func piecesCountTogetherAndCrossTriggersAreFalsePositives() throws {
    let file = IntersectionBasedDetection.File(
      reference: [event(0, 4, "a"), event(10, 12, "b")],
      estimated: [event(0, 1, "a"), event(2, 4, "a"), event(10, 12, "a")], duration: 3600)
    let counts = try IntersectionBasedDetection(labels: ["a", "b"]).counts([file])
    #expect(counts.table == [[1, 1], [0, 0]])
    #expect(counts.falsePositives == [1, 0])
    #expect(counts.truePositiveRatios == [1, 0])
    #expect(counts.falsePositiveRates == [1, 0])
    #expect(counts.fMeasures == [2.0 / 3, nil] && counts.macroFMeasure == 2.0 / 3)
  }

  @Test func overlappingEventsOfOneClassAreRefused() {
    let file = IntersectionBasedDetection.File(
      reference: [event(0, 4, "a")], estimated: [event(0, 3, "a"), event(2, 4, "a")], duration: 10)
    #expect(throws: AnnotationError.self) { try IntersectionBasedDetection(labels: ["a"]).counts([file]) }
  }
}
