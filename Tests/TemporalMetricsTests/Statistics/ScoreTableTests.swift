import TemporalMetrics
import Testing

struct ScoreTableTests {
  @Test func aggregatesAgreeWithRliable() throws {
    let cases = try GoldenFile.cases("rliable_aggregates.jsonl")
    #expect(cases.count == 2)
    for line in cases {
      let x = try #require(ScoreTable(line.input.x.array.map(\.numbers)))
      let y = try #require(ScoreTable(line.input.y.array.map(\.numbers)))
      line.check(x.interquartileMean, line.expected.iqm, "iqm")
      line.check(x.mean, line.expected.mean, "mean")
      line.check(x.median, line.expected.median, "median")
      line.check(x.optimalityGap(target: line.params.gamma.number ?? .nan), line.expected.optimality_gap, "optimality gap")
      line.check(x.probabilityOfImprovement(over: y), line.expected.probability_of_improvement, "probability of improvement")
    }
  }

  @Test func improvementOverOneselfIsAHalfAndOppositesSumToOne() throws {
    let a = try #require(ScoreTable([[1, 5, 2], [3, 5, 0]]))
    let b = try #require(ScoreTable([[2, 5, 2], [0, 7, 1], [9, 1, 1]]))
    #expect(a.probabilityOfImprovement(over: a) == 0.5)
    #expect(abs(a.probabilityOfImprovement(over: b) + b.probabilityOfImprovement(over: a) - 1) < 1e-15)
  }

  @Test func profileCountsScoresStrictlyAbove() throws {
    let table = try #require(ScoreTable([[0.1, 0.5], [0.5, 0.9]]))
    #expect(table.performanceProfile(at: [0, 0.1, 0.5, 0.7, 0.9]) == [1, 0.75, 0.25, 0.25, 0])
  }

  @Test func raggedEmptyAndNonFiniteTablesAreRefused() {
    #expect(ScoreTable([]) == nil)
    #expect(ScoreTable([[]]) == nil)
    #expect(ScoreTable([[1, 2], [3]]) == nil)
    #expect(ScoreTable([[1, .nan]]) == nil)
  }

  @Test func quartersAreTrimmedAtBothEnds() {
    #expect(Quantile.interquartileMean([100, 1, 2, 3, -50, 4, 5, 6]) == 3.5)
    #expect(Quantile.interquartileMean([7, 8, 9]) == 8)
    #expect(Quantile.interquartileMean([]) == nil)
    #expect(Quantile.value(of: [1, 2, 4], at: 0.75) == 3)
    #expect(Quantile.median([4, 1, 3, 2]) == 2.5)
  }
}
