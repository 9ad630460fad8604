import TemporalMetrics
import Testing

struct HitRateTests {
  @Test func theToleranceIsInclusiveAndAMissingAnswerMisses() {
    #expect(HitRate.hit(60, reference: 57, within: 3))
    #expect(!HitRate.hit(60.001, reference: 57, within: 3))
    #expect(!HitRate.hit(nil, reference: 57, within: 3))
    #expect(!HitRate.hit(.nan, reference: 57, within: 3))
    #expect(!HitRate.hit(.infinity, reference: 57, within: 3))
    #expect(HitRate.rate([1, nil, 9, 4], references: [1, 1, 1, 1], within: 3) == 0.5)
    #expect(HitRate.rate([], references: [], within: 3) == nil)
  }
}
