public import Randomness

extension Bootstrap {
  /// Any statistic of a table of runs × tasks, its interval by drawing runs anew for each task (tasks are the strata).
  ///
  ///     bootstrap.interval(of: table, statistic: \.interquartileMean)
  ///
  /// The tasks stay, so the interval speaks of other seeds on these tasks, not of other tasks. One run alone gives an interval
  /// of length zero. Agarwal et al. 2021, §4.1.
  public func interval(of table: ScoreTable, statistic: (ScoreTable) -> Double) -> ConfidenceInterval {
    interval(around: statistic(table)) { draw in
      statistic(table.resampledRuns(using: &draw))
    }
  }

  /// A statistic of two tables, each resampled on its own: for methods run with different seeds.
  ///
  ///     bootstrap.interval(of: mine, and: theirs) { $0.probabilityOfImprovement(over: $1) }
  public func interval(
    of first: ScoreTable, and second: ScoreTable, statistic: (ScoreTable, ScoreTable) -> Double
  ) -> ConfidenceInterval {
    interval(around: statistic(first, second)) { draw in
      let resampled = first.resampledRuns(using: &draw)
      return statistic(resampled, second.resampledRuns(using: &draw))
    }
  }

  /// The performance profile with a pointwise interval at each threshold.
  public func performanceProfile(of table: ScoreTable, at thresholds: [Double]) -> [ConfidenceInterval] {
    var columns = thresholds.map { _ in [Double]() }
    for index in 0..<resamples {
      var draw = stream.derived(index)
      let profile = table.resampledRuns(using: &draw).performanceProfile(at: thresholds)
      for (column, share) in profile.enumerated() { columns[column].append(share) }
    }
    return zip(table.performanceProfile(at: thresholds), columns).map { estimate, replicates in
      BootstrapDraws(estimate: estimate, replicates: replicates).interval(level: level)
    }
  }
}

extension ScoreTable {
  /// A table of the same shape whose cells of each task are drawn, with replacement, from that task's runs.
  public func resampledRuns(using draw: inout RandomStream) -> ScoreTable {
    var drawn = scores
    for task in 0..<taskCount {
      for run in drawn.indices { drawn[run][task] = scores[Int.random(in: scores.indices, using: &draw)][task] }
    }
    return ScoreTable(resampled: drawn)
  }
}
