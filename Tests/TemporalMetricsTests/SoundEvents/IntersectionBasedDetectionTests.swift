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

  /// psds_eval 0.5.3 counts only pairs that intersect, also where a threshold is 0.
  @Test func whatIsNotTouchedReachesNoThreshold() throws {
    let file = IntersectionBasedDetection.File(
      reference: [event(0, 1, "a"), event(5, 6, "b")], estimated: [event(2, 3, "a")], duration: 3600)
    let counts = try IntersectionBasedDetection(
      labels: ["a", "b"], detectionThreshold: 0, referenceThreshold: 0, crossTriggerThreshold: 0
    ).counts([file])
    #expect(counts.table == [[0, 0], [0, 0]])
    #expect(counts.falsePositives == [1, 0])
    let touched = IntersectionBasedDetection.File(
      reference: [event(0, 1, "a"), event(5, 6, "a")], estimated: [event(0.9, 3, "a")], duration: 3600)
    let found = try IntersectionBasedDetection(labels: ["a"], detectionThreshold: 0, referenceThreshold: 0).counts([touched])
    #expect(found.table == [[1]])
    #expect(found.falsePositives == [0])
  }

  @Test func overlappingEventsOfOneClassAreRefused() {
    let file = IntersectionBasedDetection.File(
      reference: [event(0, 4, "a")], estimated: [event(0, 3, "a"), event(2, 4, "a")], duration: 10)
    #expect(throws: AnnotationError.self) { try IntersectionBasedDetection(labels: ["a"]).counts([file]) }
  }
}
