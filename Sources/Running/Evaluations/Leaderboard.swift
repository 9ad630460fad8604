import Files
import Foundation
import MusTBench
import RunReports
import SeedStatistics
import TemporalMetrics

/// Results beside the published rows, best first: `takt answers leaderboard`.
///
/// A place goes to rows that are about MusTBench's questions in all of the paper's columns. Others stand below without one, with the
/// reason: a mean of other columns, or over other questions, is another figure.
package struct Leaderboard: Sendable {
  private struct Row: Sendable {
    var name: String
    /// In the order of the paper's columns.
    var columns: [Double?]
    var overall: Double
    /// Number of the paper's columns that `overall` is the mean of.
    var count: Int
    var isPublished: Bool
    /// Why it has no place; `nil` where it has one.
    var reason: String?
  }

  /// Those with a place, best first, then the others, best first.
  private let rows: [Row]

  /// - Parameters:
  ///   - results: files that `takt answers evaluate … --json` wrote.
  ///   - showsAblation: whether the stages of MusT 7B get rows.
  package init(results paths: [String], showsAblation: Bool = false) throws {
    let names = BenchmarkTable.paperColumns
    var rows = try paths.compactMap { path -> Row? in
      let result = try BenchmarkResult(path: path)
      guard let overall = result.overall else {
        throw FileError(path: path, message: "has none of the paper's columns, so there is nothing to rank it by")
      }
      let columns = names.map { result[$0]?.score.estimate }
      return Row(
        name: result.name, columns: columns, overall: overall.estimate, count: columns.count { $0 != nil }, isPublished: false,
        reason: Self.reason(result, columns))
    }
    for published in PublishedResults.models + (showsAblation ? PublishedResults.ablation : []) {
      let columns = published.columns?.map(Optional.init) ?? names.map { _ in nil }
      rows.append(
        Row(name: published.name, columns: columns, overall: published.overall, count: names.count, isPublished: true))
    }
    let sorted = rows.enumerated().sorted { ($1.element.overall, $0.offset) < ($0.element.overall, $1.offset) }.map(\.element)
    self.rows = sorted.filter { $0.reason == nil } + sorted.filter { $0.reason != nil }
  }

  /// Equally many questions are taken to be MusTBench's: a result does not hold its questions.
  private static func reason(_ result: BenchmarkResult, _ columns: [Double?]) -> String? {
    let missing = zip(BenchmarkTable.paperColumns, columns).filter { $0.1 == nil }.map { BenchmarkResult.title($0.0, .builtIn) }
    let reasons = [
      result.questionCount == PublishedResults.questionCount
        ? nil : "\(result.questionCount) questions, not MusTBench's \(PublishedResults.questionCount)",
      missing.isEmpty ? nil : "without \(missing.joined(separator: ", "))",
    ].compactMap { $0 }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  /// The names: those with a place, best first, then the others.
  package var names: [String] { rows.map(\.name) }

  /// The names that have a place, best first.
  package var ranked: [String] { rows.filter { $0.reason == nil }.map(\.name) }

  package func text(_ style: TableStyle) -> String {
    let names = BenchmarkTable.paperColumns
    var table = TextTable(
      head: ["", "model"] + names.map { BenchmarkResult.title($0, .builtIn) } + ["overall"],
      numbers: Set([0] + (2...names.count + 2)))
    for (rank, row) in rows.enumerated() {
      table.rows.append(
        [row.reason == nil ? "\(rank + 1)" : "–", (row.isPublished ? "" : "▸ ") + row.name]
          + row.columns.map(BenchmarkResult.perCent)
          + [BenchmarkResult.perCent(row.overall) + (row.count == names.count ? "" : " (\(row.count))")])
    }
    var notes = [
      "in per cent; without ▸: as published (arXiv 2605.29300), on MusTBench's 1,264 questions"
    ]
    notes += rows.compactMap { row in
      row.reason.map { "–: \(row.name) has no place, since its mean is another figure than the others' (\($0))" }
    }
    if rows.contains(where: { $0.count < names.count }) {
      let without = PublishedResults.models[0].overallWithoutClap.map { BenchmarkResult.perCent($0) } ?? "–"
      notes.append(
        "(n): the mean of n of the eight columns. Without CLAP, \(PublishedResults.models[0].name) has \(without) over its other seven"
      )
    }
    return (style == .markdown ? table.markdown + "\n" : table.aligned) + notes.joined(separator: "\n") + "\n"
  }

  package var json: String {
    get throws {
      let objects = rows.enumerated().map { index, row -> [String: Any] in
        let columns = zip(BenchmarkTable.paperColumns, row.columns).compactMap { name, value in value.map { (name, $0) } }
        return [
          "rank": row.reason == nil ? index + 1 as Any : NSNull(), "unranked": row.reason as Any? ?? NSNull(), "name": row.name,
          "overall": row.overall, "columns_in_overall": row.count, "published": row.isPublished,
          "columns": Dictionary(uniqueKeysWithValues: columns),
        ]
      }
      return try JSONText.indented(objects: objects)
    }
  }
}
