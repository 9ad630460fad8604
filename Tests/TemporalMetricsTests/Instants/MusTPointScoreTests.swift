import TemporalMetrics
import Testing

struct MusTPointScoreTests {
  private let score = MusTPointScore()

  @Test func leavingTheTrackCostsHalfAPointAndKeepsTheDistance() {
    #expect(abs(score.score(181, reference: 179, duration: 180) - 0.3751733190429475) < 1e-15)
    #expect(score.score(180, reference: 180, duration: 180) == 1)
    #expect(score.score(-1, reference: 0, duration: 180) < 0.5)
  }

  @Test func unreadableIsTheWorst() {
    #expect(score.score(nil, reference: 60, duration: 180) == -1)
    #expect(score.score(.nan, reference: 60, duration: 180) == -1)
    #expect(score.score(1e300, reference: 60, duration: 180) == -0.5)
  }
}
