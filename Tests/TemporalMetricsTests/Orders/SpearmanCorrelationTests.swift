import TemporalMetrics
import Testing

struct SpearmanCorrelationTests {
  @Test func tiesShareTheirMeanRank() {
    #expect(SpearmanCorrelation.ranks(of: [10, 20, 10, 5]) == [2.5, 4, 2.5, 1])
  }

  @Test func onlyTheOrderMatters() throws {
    let x = [1.0, 5, 2, 9]
    #expect(SpearmanCorrelation.coefficient(x, x.map { $0 * $0 * $0 }) == 1)
    // 1 − 6·Σd²/(n(n² − 1)) without ties, here d = (0, 1, −1, 0).
    #expect(try abs(#require(SpearmanCorrelation.coefficient(x, [0, 2, 3, 4])) - 0.8) < 1e-15)
  }
}
