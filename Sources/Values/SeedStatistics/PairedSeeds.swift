/// Two methods run with the same seeds on the same tasks, compared seed by seed.
///
/// What a seed makes easy or hard (its tracks, its questions, its start) cancels in the differences
///
///     d_s = mean over tasks of (subject[s, task] − other[s, task])
///
/// so fewer seeds tell the same difference apart than in an unpaired comparison. Row s of both tables is one seed.
public struct PairedSeeds: Sendable, Hashable {
  /// Seed → task → subject − other.
  package let cells: [[Double]]

  /// Traps where the tables differ in shape.
  public init(_ subject: ScoreTable, minus other: ScoreTable) {
    precondition(
      subject.runCount == other.runCount && subject.taskCount == other.taskCount,
      "paired methods have the same seeds and the same tasks")
    cells = zip(subject.scores, other.scores).map { zip($0, $1).map { $0 - $1 } }
  }

  /// d_s of each seed.
  public var differences: [Double] { cells.map { $0.reduce(0, +) / Double($0.count) } }

  /// Mean of d_s.
  public var mean: Double { differences.reduce(0, +) / Double(cells.count) }

  /// Mean difference with its values on resamples of whole seeds; all tasks of a seed are drawn together.
  ///
  /// The tasks stay, so the draws speak of other seeds on these tasks. One seed alone gives draws that are all the same.
  package func draws(_ bootstrap: Bootstrap) -> BootstrapDraws {
    let differences = differences
    return bootstrap.draws(around: mean) { draw in
      var sum = 0.0
      for _ in differences.indices { sum += differences[Int.random(in: differences.indices, using: &draw)] }
      return sum / Double(differences.count)
    }
  }
}
