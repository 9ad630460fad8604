import Questions
public import SeedStatistics

/// Held-out scores of several policies on the same questions, with intervals over tracks.
public struct PolicyComparison: Sendable {
  /// One column: the name of a policy and its answers, seed by seed.
  public struct Column: Sendable {
    public var name: String
    public var seeds: [[ScoredAnswer]]

    public init(name: String, seeds: [[ScoredAnswer]]) {
      self.name = name
      self.seeds = seeds
    }
  }

  public struct Row: Sendable, Hashable {
    public var task: String
    public var metric: String
    public var decoding: Decoding
    /// One interval a column.
    public var means: [ConfidenceInterval?]
    /// The subject minus each other column, in the order of `columns` without the subject.
    public var differences: [ConfidenceInterval?]
  }

  /// Task and measure of each row, in order.
  public static let headline = [
    (task: "tsg", metric: "hit@3s"), (task: "tsg", metric: "hit@1s"), (task: "mtr", metric: "iou"), (task: "mtr", metric: "f1"),
  ]

  public let columns: [String]
  public let subject: Int
  public let rows: [Row]
  public let trackCount: Int
  public let seedCount: Int

  /// `subject` is the column that the others are subtracted from.
  ///
  /// Differences are paired by track: the same tracks are drawn
  /// for both.
  public init(_ columns: [Column], subject: Int, bootstrap: Bootstrap) {
    self.columns = columns.map(\.name)
    self.subject = subject
    let tracks = Set(columns.flatMap { $0.seeds.flatMap { $0.map(\.pieceID) } }).sorted()
    trackCount = tracks.count
    seedCount = columns.map(\.seeds.count).max() ?? 0
    rows = Self.headline.flatMap { task, metric in
      Decoding.allCases.map { decoding in
        let scores = columns.map { Self.byTrack($0, tracks: tracks, task: task, metric: metric, decoding: decoding) }
        return Row(
          task: task, metric: metric, decoding: decoding,
          means: scores.map { bootstrap.mean(ofTracks: $0) },
          differences: scores.indices.filter { $0 != subject }.map {
            Self.difference(of: scores[subject], minus: scores[$0], bootstrap)
          })
      }
    }
  }

  /// Over the tracks on which both answer equally many questions: held-out sets that differ are compared where they meet.
  private static func difference(
    of first: [[Double]], minus second: [[Double]], _ bootstrap: Bootstrap
  ) -> ConfidenceInterval? {
    let shared = zip(first, second).filter { $0.count == $1.count }
    return bootstrap.pairedDifference(of: shared.map(\.0), minus: shared.map(\.1))
  }

  /// For each track its scores over all seeds and samples; differences pair the means of these.
  private static func byTrack(
    _ column: Column, tracks: [String], task: String, metric: String, decoding: Decoding
  ) -> [[Double]] {
    var scores: [String: [Double]] = [:]
    for answer in column.seeds.joined() where answer.question.task == task && answer.decoding == decoding {
      if let score = answer.scores[metric] { scores[answer.pieceID, default: []].append(score) }
    }
    return tracks.map { scores[$0] ?? [] }
  }
}
