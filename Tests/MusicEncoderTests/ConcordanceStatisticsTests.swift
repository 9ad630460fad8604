import AudioLanguageModel
import Testing

@Suite struct ConcordanceStatisticsTests {
  private func statistics(_ x: [Double], _ y: [Double]) -> ConcordanceStatistics {
    var statistics = ConcordanceStatistics()
    for (x, y) in zip(x, y) { statistics.add(x, y) }
    return statistics
  }

  @Test func identicalSeriesAgreeAndMirroredOnesDisagree() {
    #expect(abs(statistics([1, 2, 4], [1, 2, 4]).coefficient - 1) < 1e-12)
    #expect(abs(statistics([-1, 0, 1], [1, 0, -1]).coefficient + 1) < 1e-12)
  }

  @Test func aShiftLowersAgreement() {
    // Variances 2/3 each, covariance 2/3, distance of the means 1: (4/3) / (4/3 + 1).
    #expect(abs(statistics([1, 2, 3], [2, 3, 4]).coefficient - 4.0 / 7) < 1e-12)
  }

  @Test func constantsAgreeOnlyWithThemselves() {
    #expect(statistics([2, 2], [2, 2]).coefficient == 1)
    #expect(statistics([2, 2], [3, 3]).coefficient == 0)
    #expect(statistics([], []).coefficient == 1)
    #expect(statistics([2, 2], [2, 2]).slope(at: 2, 2) == 0)
  }

  @Test func theSlopeIsTheDerivative() {
    let (x, y) = ([0.3, -1, 2, 0.7], [0.1, -0.4, 1, 2.0])
    let all = statistics(x, y)
    for index in x.indices {
      func moved(_ step: Double) -> Double {
        var shifted = x
        shifted[index] += step
        return statistics(shifted, y).coefficient
      }
      #expect(abs(all.slope(at: x[index], y[index]) - (moved(1e-5) - moved(-1e-5)) / 2e-5) < 1e-8)
    }
  }
}
