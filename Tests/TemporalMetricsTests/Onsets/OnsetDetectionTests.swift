import TemporalMetrics
import Testing

struct OnsetDetectionTests {
  @Test func aSpareEstimateCostsPrecision() throws {
    let score = OnsetDetection.score(reference: try EventTimes([1, 2]), estimated: try EventTimes([1.01, 1.5, 2.06]))
    #expect(score.precision == 1.0 / 3)
    #expect(score.recall == 0.5)
    #expect(abs(score.fMeasure() - 0.4) < 1e-15)
  }

  @Test func aWiderWindowNeverLowersTheScore() throws {
    let (reference, estimated) = (try EventTimes([1, 2, 3.5, 4]), try EventTimes([0.9, 2.2, 3.4, 4.4]))
    let measures = [0, 0.1, 0.2, 0.3, 0.5].map {
      OnsetDetection.score(reference: reference, estimated: estimated, window: $0).fMeasure()
    }
    #expect(measures == measures.sorted() && measures.last == 1)
  }
}
