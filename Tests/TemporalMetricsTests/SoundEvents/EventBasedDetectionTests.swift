import TemporalMetrics
import Testing
import Timelines

struct EventBasedDetectionTests {
  private func event(_ start: Double, _ end: Double, _ label: String = "a") -> SoundEvent {
    SoundEvent(interval: Interval(start, end), label: label)
  }

  @Test func greedyMatchingMayFindFewerPairs() {
    // The first reference takes the only estimate that the second could have had.
    let reference = [event(1, 2), event(0.8, 1.8)]
    let estimated = [event(0.85, 1.85), event(1.15, 2.15)]
    let optimal = EventBasedDetection(collar: 0.2)
    let greedy = EventBasedDetection(collar: 0.2, matching: .greedy)
    #expect(optimal.counts(reference: reference, estimated: estimated).truePositives == 2)
    #expect(greedy.counts(reference: reference, estimated: estimated).truePositives == 1)
  }

  @Test func aWrongLabelAtTheRightTimeIsOneSubstitution() {
    let counts = EventBasedDetection().counts(reference: [event(1, 2, "a")], estimated: [event(1, 2, "b")])
    #expect(counts.substitutions == 1 && counts.falsePositives == 0 && counts.falseNegatives == 0)
    #expect(abs(counts.errorRate - 1) < 1e-15 && counts.fMeasure == 0)
  }

  @Test func nothingDetectedHasNoPrecision() {
    let counts = EventBasedDetection().counts(reference: [event(1, 2)], estimated: [])
    #expect(counts.precision == nil && counts.recall == 0 && counts.fMeasure == nil && abs(counts.errorRate - 1) < 1e-15)
    #expect(EventBasedDetection().counts(reference: [], estimated: [event(1, 2)]).recall == nil)
  }

  @Test func aLabelWithoutEstimatesVanishesFromTheMean() {
    let reference = [event(1, 2, "a"), event(5, 6, "b")]
    let average = EventBasedDetection().classWiseFMeasure(
      reference: reference, estimated: [event(1, 2, "a")], labels: ["a", "b"])
    #expect(average == 1)
  }

  @Test func countsOfFilesAddUp() {
    let first = EventBasedDetection().counts(reference: [event(1, 2)], estimated: [event(1, 2)])
    let second = EventBasedDetection().counts(reference: [event(1, 2)], estimated: [])
    let sum = first + second
    #expect(sum.truePositives == 1 && sum.references == 2 && sum.recall == 0.5 && sum.deletions == 1)
  }
}
