import TemporalMetrics
import Testing
import Timelines

struct SegmentBasedDetectionTests {
  private let detection = SegmentBasedDetection(labels: ["a", "b"], resolution: 1)

  private func event(_ start: Double, _ end: Double, _ label: String = "a") -> SoundEvent {
    SoundEvent(interval: Interval(start, end), label: label)
  }

  @Test func aMillisecondFillsItsSegment() throws {
    let counts = try detection.counts(reference: [event(0.999, 1.001)], estimated: [event(1, 2)])
    #expect(counts.references == 2 && counts.truePositives == 1 && counts.deletions == 1)
  }

  @Test func anotherLabelIsASubstitution() throws {
    let counts = try detection.counts(reference: [event(0, 2)], estimated: [event(0, 2, "b")], length: 4)
    #expect(counts.substitutions == 2 && counts.insertions == 0 && counts.deletions == 0)
    #expect(counts.trueNegatives == 4 && counts.accuracy == 0.5 && counts.errorRate == 1)
  }

  @Test func refusesLabelsThatAreNotEvaluated() {
    #expect(throws: AnnotationError.self) { try detection.counts(reference: [event(0, 1, "c")], estimated: []) }
  }
}
