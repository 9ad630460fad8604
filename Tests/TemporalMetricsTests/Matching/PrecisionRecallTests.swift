import TemporalMetrics
import Testing

struct PrecisionRecallTests {
  @Test func emptySidesScoreZero() {
    #expect(PrecisionRecall(matches: 0, referenceCount: 0, estimatedCount: 0) == PrecisionRecall(precision: 0, recall: 0))
    #expect(PrecisionRecall(matches: 0, referenceCount: 3, estimatedCount: 0).fMeasure() == 0)
  }

  @Test func betaWeighsRecall() {
    let score = PrecisionRecall(precision: 0.5, recall: 1)
    #expect(abs(score.fMeasure() - 2.0 / 3) < 1e-15)
    #expect(abs(score.fMeasure(beta: 2) - 5.0 / 6) < 1e-15)
    #expect(score.fMeasure(beta: 0) == 0.5)
    #expect(PrecisionRecall(precision: .nan, recall: 1).fMeasure().isNaN)
  }
}
