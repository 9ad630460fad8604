/// Scores of one method: a row a run (a seed), a column a task (a track, a question kind), every cell finite.
public struct ScoreTable: Sendable, Hashable {
  /// `[run][task]`.
  public let scores: [[Double]]

  /// `nil` where there is no cell, where rows differ in length, or where a score is not finite.
  public init?(_ scores: [[Double]]) {
    guard let width = scores.first?.count, width > 0 else { return nil }
    guard scores.allSatisfy({ $0.count == width && $0.allSatisfy(\.isFinite) }) else { return nil }
    self.scores = scores
  }

  /// For rows that code has taken from a valid table.
  init(resampled scores: [[Double]]) {
    self.scores = scores
  }

  public var runCount: Int { scores.count }
  public var taskCount: Int { scores[0].count }

  /// Mean over runs of each task.
  public var taskMeans: [Double] {
    (0..<taskCount).map { task in scores.reduce(0) { $0 + $1[task] } / Double(runCount) }
  }

  /// Mean over tasks of the mean over runs.
  public var mean: Double { taskMeans.reduce(0, +) / Double(taskCount) }

  /// Median over tasks of the mean over runs.
  public var median: Double { Quantile.median(taskMeans) ?? .nan }

  /// Interquartile mean over all runs × tasks.
  public var interquartileMean: Double { Quantile.interquartileMean(scores.flatMap { $0 }) ?? .nan }

  /// How far the scores fall short of `target`: target − mean(min(score, target)); 0 where every score reaches it.
  public func optimalityGap(target: Double = 1) -> Double {
    let capped = scores.reduce(0) { $0 + $1.reduce(0) { $0 + min($1, target) } }
    return target - capped / Double(runCount * taskCount)
  }

  /// Share of runs × tasks whose score exceeds each threshold: the run-score distribution, which never rises with the
  /// threshold.
  ///
  /// Agarwal et al. 2021, §4.2.
  public func performanceProfile(at thresholds: [Double]) -> [Double] {
    let sorted = scores.flatMap { $0 }.sorted()
    return thresholds.map { threshold in
      let above = sorted.count - sorted.partitioningIndex { $0 > threshold }
      return Double(above) / Double(sorted.count)
    }
  }

  /// Probability that a run of this method beats a run of `other` on a task drawn at random, a tie counting half.
  ///
  /// The mean over tasks of U / (n·m), U the Mann–Whitney statistic; 0.5 for identical tables.
  ///
  /// Traps where the tables have different numbers of tasks. Agarwal et al. 2021, §4.3.
  public func probabilityOfImprovement(over other: ScoreTable) -> Double {
    precondition(taskCount == other.taskCount, "two methods are compared on the same tasks")
    let shares = (0..<taskCount).map { task in
      var doubledWins = 0
      for mine in scores {
        for theirs in other.scores {
          doubledWins += mine[task] > theirs[task] ? 2 : (mine[task] == theirs[task] ? 1 : 0)
        }
      }
      return 0.5 * Double(doubledWins) / Double(runCount * other.runCount)
    }
    return shares.reduce(0, +) / Double(taskCount)
  }
}

extension Array {
  /// The first index whose element satisfies `predicate`, in an array whose satisfying elements all come last.
  package func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
