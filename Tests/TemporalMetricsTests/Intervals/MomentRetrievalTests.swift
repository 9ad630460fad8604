import TemporalMetrics
import Testing
import Timelines

struct MomentRetrievalTests {
  private func prediction(_ start: Double, _ end: Double, _ score: Double) -> MomentRetrieval.Prediction {
    MomentRetrieval.Prediction(window: Interval(start, end), score: score)
  }

  @Test func precisionIsInterpolatedOverFallingScores() throws {
    let query = MomentRetrieval.Query(
      references: [Interval(0, 10), Interval(20, 30)],
      predictions: [prediction(50, 60, 0.9), prediction(0, 10, 0.5), prediction(20, 30, 0.7)])
    // Wrong, right, right: precision 1/2 then 2/3, interpolated 2/3 at both recalls.
    let precision = try #require(MomentRetrieval.meanAveragePrecision([query], threshold: 0.5))
    #expect(abs(precision - 2.0 / 3) < 1e-15)
    #expect(MomentRetrieval.recallAtOne([query], threshold: 0.5) == 0)
  }

  @Test func aReferenceIsFoundOnce() {
    let query = MomentRetrieval.Query(
      references: [Interval(0, 10)], predictions: [prediction(0, 10, 0.9), prediction(0, 10, 0.8)])
    #expect(MomentRetrieval.meanAveragePrecision([query], threshold: 0.95) == 1)
    let pair = MomentRetrieval.Query(references: [Interval(0, 10), Interval(40, 50)], predictions: query.predictions)
    #expect(MomentRetrieval.meanAveragePrecision([pair], threshold: 0.5) == 0.5)
  }

  @Test func theThresholdIsInclusiveAndSilenceMisses() {
    let half = MomentRetrieval.Query(references: [Interval(0, 10)], predictions: [prediction(0, 5, 1)])
    let silent = MomentRetrieval.Query(references: [Interval(0, 10)], predictions: [])
    #expect(MomentRetrieval.recallAtOne([half], threshold: 0.5) == 1)
    #expect(MomentRetrieval.recallAtOne([half, silent], threshold: 0.5) == 0.5)
    #expect(MomentRetrieval.recallAtOne([], threshold: 0.5) == nil)
  }
}
