import TemporalMetrics
import Testing

struct DiscountedGainTests {
  @Test func theBestOrderScoresOneAndNothingRelevantScoresZero() {
    #expect(DiscountedGain.normalized(relevance: [3, 1, 2], scores: [9, 1, 5]) == 1)
    #expect(DiscountedGain.normalized(relevance: [0, 0], scores: [1, 2]) == 0)
    #expect(DiscountedGain.normalized(relevance: [], scores: []) == 0)
  }

  @Test func tiesShareTheirGain() {
    let tied = DiscountedGain.normalized(relevance: [1, 0], scores: [5, 5])
    let right = DiscountedGain.normalized(relevance: [1, 0], scores: [2, 1])
    let wrong = DiscountedGain.normalized(relevance: [1, 0], scores: [1, 2])
    #expect(abs(tied - 0.5 * (right + wrong)) < 1e-15)
  }

  @Test func ranksBehindTheLimitEarnNothing() {
    #expect(DiscountedGain.normalized(relevance: [0, 1], scores: [2, 1], limit: 1) == 0)
  }
}
