import Randomness
import SeedStatistics
import Testing

struct ScoreTableTests {
  @Test func estimatesAgreeWithRliable() throws {
    let golden = try GoldenFigures.read()
    #expect(golden.cases.count == 4)
    for line in golden.cases {
      let (x, y) = (try #require(ScoreTable(line.x)), try #require(ScoreTable(line.y)))
      let own = ["iqm": x.interquartileMean, "mean": x.mean, "median": x.median, "optimality_gap": x.optimalityGap()]
      for (name, value) in own {
        let expected = try #require(line.aggregates[name]).estimate
        #expect(abs(value - expected) < 1e-9, "\(line.name): \(name)")
      }
      #expect(abs(x.probabilityOfImprovement(over: y) - line.improvement.estimate) < 1e-9, "\(line.name)")
      for (share, expected) in zip(x.performanceProfile(at: line.profile.thresholds), line.profile.shares) {
        #expect(abs(share - expected) < 1e-9, "\(line.name)")
      }
    }
  }

  /// Quantiles of so many draws scatter by under 1 % of the interval's width for a smooth statistic (√(p(1−p)/n) over the density
  /// there); 4 % of the width, or one step of a statistic that takes few values, is allowed.
  @Test func intervalsAgreeWithRliableUpToChance() throws {
    let bootstrap = Bootstrap(stream: RandomStream(seed: 7), resamples: 20_000)
    for line in try GoldenFigures.read().cases {
      let (x, y) = (try #require(ScoreTable(line.x)), try #require(ScoreTable(line.y)))
      let statistics: [(String, (ScoreTable) -> Double)] = [
        ("iqm", \.interquartileMean), ("mean", \.mean), ("median", \.median), ("optimality_gap", { $0.optimalityGap() }),
      ]
      for (name, statistic) in statistics {
        let expected = try #require(line.aggregates[name])
        let interval = bootstrap.interval(of: x, statistic: statistic)
        let tolerance = 0.04 * (expected.upper - expected.lower)
        #expect(abs(interval.lower - expected.lower) < tolerance, "\(line.name): \(name)")
        #expect(abs(interval.upper - expected.upper) < tolerance, "\(line.name): \(name)")
      }
      let fewer = Bootstrap(stream: RandomStream(seed: 8), resamples: 5000)
      let improvement = fewer.interval(of: x, and: y) { $0.probabilityOfImprovement(over: $1) }
      let step = 1 / Double(x.runCount * y.runCount * x.taskCount)
      let tolerance = max(0.06 * (line.improvement.upper - line.improvement.lower), 1.01 * step)
      #expect(abs(improvement.lower - line.improvement.lower) < tolerance, "\(line.name)")
      #expect(abs(improvement.upper - line.improvement.upper) < tolerance, "\(line.name)")
      let profile = fewer.performanceProfile(of: x, at: line.profile.thresholds)
      for (index, share) in profile.enumerated() {
        let cell = 1.01 / Double(x.runCount * x.taskCount)
        #expect(abs(share.lower - line.profile.lower[index]) < cell, "\(line.name)")
        #expect(abs(share.upper - line.profile.upper[index]) < cell, "\(line.name)")
      }
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
