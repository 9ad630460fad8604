/// Scores of one policy by measure, seed and track: every seed answers the same tracks, in any number of questions.
///
/// The mean of a measure is over all of its scores, so a track weighs as much as it has scores; `mean` is the mean over measures.
public struct CrossedScores: Sendable, Hashable {
  struct Cell: Sendable, Hashable {
    var total = 0.0
    var count = 0.0

    static func += (left: inout Cell, right: Cell) {
      left.total += right.total
      left.count += right.count
    }
  }

  /// measure → seed → track.
  let cells: [[[Cell]]]
  /// The mean of each measure.
  let means: [Double]

  /// `scores[measure][seed][track]` holds the scores of that cell, which may be none.
  ///
  /// `nil` where a measure has no score at all, or where there is no measure. Traps where measures or seeds differ in the number of
  /// tracks, measures in that of seeds, or where a score is not finite.
  public init?(_ scores: [[[[Double]]]]) {
    precondition(Set(scores.map(\.count)).count <= 1, "every measure has the same seeds")
    precondition(Set(scores.joined().map(\.count)).count <= 1, "every seed has the same tracks")
    precondition(scores.allSatisfy { $0.allSatisfy { $0.allSatisfy { $0.allSatisfy(\.isFinite) } } }, "a score is finite")
    cells = scores.map { $0.map { $0.map { Cell(total: $0.reduce(0, +), count: Double($0.count)) } } }
    means = cells.map { seeds in
      let all = seeds.joined().reduce(into: Cell()) { $0 += $1 }
      return all.total / all.count
    }
    guard !means.isEmpty, means.allSatisfy(\.isFinite) else { return nil }
  }

  public var seedCount: Int { cells[0].count }
  public var trackCount: Int { cells[0].first?.count ?? 0 }
  public var mean: Double { means.reduce(0, +) / Double(means.count) }

  /// What each track has over all seeds, measure by measure.
  var byTrack: [[Cell]] {
    cells.map { seeds in
      (0..<trackCount).map { track in seeds.reduce(into: Cell()) { $0 += $1[track] } }
    }
  }

  /// Seed → track → how much that cell moves the mean, to first order; they add up to 0.
  ///
  ///     u_st = mean over measures of (total_st − mean · count_st) / Σ count
  var influences: [[Double]] {
    let counts = cells.map { $0.joined().reduce(0) { $0 + $1.count } }
    return (0..<seedCount).map { seed in
      (0..<trackCount).map { track in
        cells.indices.reduce(0) { sum, measure in
          let cell = cells[measure][seed][track]
          return sum + (cell.total - means[measure] * cell.count) / counts[measure]
        } / Double(cells.count)
      }
    }
  }
}
