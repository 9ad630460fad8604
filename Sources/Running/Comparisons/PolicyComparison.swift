public import Experiments
package import MusTBench
import Options
import Questions
public import SeedStatistics

/// Held-out scores of several policies on the same questions, with intervals over tracks, and over seeds where there are several.
public struct PolicyComparison: Sendable {
  /// One column: the name of a policy and its answers, seed by seed.
  public struct Column: Sendable {
    public var name: String
    package var seeds: [[HeldOutRecord]]
    /// The seeds' numbers; columns of the same are paired seed by seed, as are columns of as many without numbers.
    package var numbers: [Int]

    package init(name: String, seeds: [[HeldOutRecord]], numbers: [Int] = []) {
      (self.name, self.seeds, self.numbers) = (name, seeds, numbers)
    }

    func isPaired(with other: Column) -> Bool { seeds.count == other.seeds.count && numbers == other.numbers }
  }

  public struct Row: Sendable, Hashable {
    public var task: String
    public var metric: String
    /// Task and measure as a person reads them.
    package var title: String
    /// Whether the measure stands for the task.
    package var isHeadline: Bool
    /// Whether more of the measure is better.
    package var isHigherBetter: Bool
    public var decoding: Decoding
    /// One interval a column.
    public var means: [ConfidenceInterval?]
    /// The subject minus each other column, in the order of `columns` without the subject.
    public var differences: [ConfidenceInterval?]
  }

  public let columns: [String]
  package let subject: Int
  public let rows: [Row]
  public let trackCount: Int
  public let seedCount: Int
  /// The fewest tracks that a difference is over, where some are left out since the two did not answer them alike; else `nil`.
  package let leastShared: Int?
  /// What the runs of a column are: seeds, or runs that share one, such as those of folds.
  package let unit: String

  /// `subject` is the column that the others are subtracted from.
  ///
  /// Intervals draw seeds and tracks, of one seed tracks alone (`Bootstrap.mean(of:)`). Differences are paired by track, and by seed
  /// where the seeds are the same.
  /// Rows are the measures of `tasks` that answers have: see `TaskCatalog.compared`.
  package init(_ columns: [Column], subject: Int, tasks: TaskCatalog = .builtIn, bootstrap: Bootstrap) {
    self.columns = columns.map(\.name)
    self.subject = subject
    let tracks = Set(columns.flatMap { $0.seeds.flatMap { $0.map(\.pieceID) } }).sorted()
    trackCount = tracks.count
    seedCount = columns.map(\.seeds.count).max() ?? 0
    unit = Set(columns[subject].numbers).count == columns[subject].numbers.count ? "seed" : "run"
    var leastShared: Int?
    rows = tasks.compared(Self.scored(columns)).flatMap { task, metric in
      Decoding.allCases.map { decoding in
        let scores = columns.map { column in
          column.seeds.map { Self.byTrack($0, tracks: tracks, task: task, metric: metric, decoding: decoding) }
        }
        return Row(
          task: task, metric: metric, title: "\(task.uppercased()) \(tasks.title(ofMeasure: metric, task: task))",
          isHeadline: tasks.headline(of: task, among: [metric]) == metric,
          isHigherBetter: tasks.measure(metric, of: task)?.isHigherBetter ?? true, decoding: decoding,
          means: scores.map { CrossedScores([$0]).map { bootstrap.mean(of: $0).clamped(to: 0...1) } },
          differences: scores.indices.filter { $0 != subject }.map { other in
            let (own, others) = (scores[subject], scores[other])
            let isPaired = columns[subject].isPaired(with: columns[other])
            let shared = Self.shared(own, others, isPaired: isPaired)
            let difference = Self.difference(of: own, minus: others, on: shared, isPaired: isPaired, bootstrap)
            func answered(_ tracks: some Sequence<Int>) -> Int {
              tracks.count { track in (own + others).contains { !$0[track].isEmpty } }
            }
            if difference != nil, answered(shared) < answered(tracks.indices) {
              leastShared = min(leastShared ?? .max, answered(shared))
            }
            return difference
          })
      }
    }
    self.leastShared = leastShared
  }

  /// Task → the measures that its answers have.
  private static func scored(_ columns: [Column]) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for answer in columns.lazy.flatMap({ $0.seeds.joined() }) {
      found[answer.question.task, default: []].formUnion(answer.scores.keys)
    }
    return found
  }

  /// What the intervals speak of, such as `over seeds and tracks, 5 seeds`.
  package var coverage: String {
    seedCount > 1 ? "over \(unit)s and tracks, \(seedCount) \(unit)s" : "over tracks, 1 seed"
  }

  /// The tracks on which both answer equally many questions: held-out sets that differ are compared where they meet.
  private static func shared(_ first: [[[Double]]], _ second: [[[Double]]], isPaired: Bool) -> [Int] {
    func counts(_ seeds: [[[Double]]], _ track: Int) -> [Int] { seeds.map { $0[track].count } }
    return (first.first ?? []).indices.filter { track in
      isPaired
        ? counts(first, track) == counts(second, track) : Set(counts(first, track)) == Set(counts(second, track))
    }
  }

  private static func difference(
    of first: [[[Double]]], minus second: [[[Double]]], on shared: [Int], isPaired: Bool, _ bootstrap: Bootstrap
  ) -> ConfidenceInterval? {
    guard let own = CrossedScores([first.map { seed in shared.map { seed[$0] } }]),
      let other = CrossedScores([second.map { seed in shared.map { seed[$0] } }])
    else { return nil }
    return bootstrap.difference(of: own, minus: other, isPaired: isPaired)
  }

  /// For each track the scores of one seed, of all samples.
  static func byTrack(
    _ answers: [HeldOutRecord], tracks: [String], task: String, metric: String, decoding: Decoding
  ) -> [[Double]] {
    var scores: [String: [Double]] = [:]
    for answer in answers where answer.question.task == task && answer.decoding == decoding {
      if let score = answer.scores[metric] { scores[answer.pieceID, default: []].append(score) }
    }
    return tracks.map { scores[$0] ?? [] }
  }
}
