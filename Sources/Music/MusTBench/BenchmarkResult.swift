import Options
package import Questions
import Randomness
package import SeedStatistics

/// One model's table: every column with its interval, beside what needs no listening.
package struct BenchmarkResult: Sendable, Hashable, Codable {
  package struct Column: Sendable, Hashable, Codable {
    /// Such as `tsg/onset/hit@3s`.
    package var name: String
    /// Whether it is one of the paper's eight.
    package var isHeadline: Bool
    /// The mean, 0…1, with a bootstrap interval that draws whole pieces.
    package var score: ConfidenceInterval
    /// Number of questions.
    package var count: Int
    /// Share of the answers that hold no legal answer, 0…1.
    package var unreadable: Double
    /// The best score of one constant answer a category: see ``BlindScore``; `nil` for CLAP.
    package var blind: Double?
    /// What an answer drawn without listening scores: see ``ChanceScore``.
    package var chance: Double?
  }

  /// The model.
  package var name: String
  package var questionCount: Int
  /// Number of pieces; excerpts of one are one.
  package var pieceCount: Int
  package var columns: [Column]
  /// The plain mean of the paper's columns that are there; `nil` without any.
  package var overall: ConfidenceInterval?

  /// - Parameter scores: one a question, in any order.
  package init(
    name: String, scores: [QuestionScore], questions: [Question], tasks: TaskCatalog = .builtIn, bootstrap: Bootstrap? = nil
  ) {
    let bootstrap = bootstrap ?? Bootstrap(stream: RandomStream(seed: 0xB007))
    let table = BenchmarkTable(scores)
    let pieces = Dictionary(grouping: scores, by: \.piece).sorted { $0.key < $1.key }.map(\.value)
    let blind = Self.blind(for: questions, tasks)
    let chance = ChanceScore.columns(for: questions, tasks: tasks)
    self.name = name
    questionCount = scores.count
    pieceCount = pieces.count
    columns = table.columns.compactMap { column in
      let own = pieces.map { piece in piece.filter { Self.belongs($0, to: column) } }
      let values = own.map { $0.compactMap { $0.values[column.measure] } }
      guard let score = bootstrap.mean(ofTracks: values) else { return nil }
      let answers = own.joined()
      return Column(
        name: column.name, isHeadline: column.isHeadline, score: score, count: column.count,
        unreadable: Double(answers.count(where: \.isUnreadable)) / Double(max(1, answers.count)), blind: blind[column.name],
        chance: chance[column.name])
    }
    overall = Self.overall(table, pieces, bootstrap)
  }

  /// Whether the paper's eight columns are all there.
  package var isComplete: Bool { columns.count(where: \.isHeadline) == BenchmarkTable.paperColumns.count }

  package subscript(name: String) -> Column? { columns.first { $0.name == name } }

  private static func belongs(_ score: QuestionScore, to column: BenchmarkTable.Column) -> Bool {
    score.task == column.task && (column.category.isEmpty || score.category == column.category)
  }

  /// Pieces are drawn once for all columns; a column of which a draw holds nothing keeps its mean.
  private static func overall(
    _ table: BenchmarkTable, _ pieces: [[QuestionScore]], _ bootstrap: Bootstrap
  ) -> ConfidenceInterval? {
    let columns = table.columns.filter(\.isHeadline)
    guard let estimate = table.overall else { return nil }
    let sums = pieces.map { piece in
      columns.map { column in
        piece.reduce(into: (total: 0.0, count: 0.0)) { sum, score in
          guard belongs(score, to: column), let value = score.values[column.measure] else { return }
          sum = (sum.total + value, sum.count + 1)
        }
      }
    }
    return bootstrap.interval(around: estimate) { draw in
      var drawn = columns.map { _ in (total: 0.0, count: 0.0) }
      for _ in sums.indices {
        let piece = sums[Int.random(in: sums.indices, using: &draw)]
        for (index, sum) in piece.enumerated() {
          drawn[index] = (drawn[index].total + sum.total, drawn[index].count + sum.count)
        }
      }
      let means = zip(drawn, columns).map { $0.count > 0 ? $0.total / $0.count : $1.mean }
      return means.reduce(0, +) / Double(columns.count)
    }
  }

  /// The best constants, categories that a column lumps together weighted by their questions.
  private static func blind(for questions: [Question], _ tasks: TaskCatalog) -> [String: Double] {
    var sums: [String: (total: Double, count: Int)] = [:]
    for score in BlindScore.best(for: questions, tasks: tasks) {
      let category = score.task == "tsg" ? score.category : ""
      let name = BenchmarkTable.columnName(score.task, category, score.measure)
      let old = sums[name] ?? (0, 0)
      sums[name] = (old.total + score.score * Double(score.count), old.count + score.count)
    }
    return sums.mapValues { $0.total / Double($0.count) }
  }
}
