package import Experiments
import Files
import Foundation
package import MusTBench
import Options
import RunReports
import SeedStatistics
import TemporalMetrics

/// How a table is printed.
package enum TableStyle: Sendable {
  case terminal, markdown
}

extension BenchmarkResult {
  /// The columns with intervals, best blind score and chance, in per cent, and the overall.
  package func text(_ style: TableStyle, plugins: Plugins = .current) -> String {
    var table = TextTable(
      head: ["", "score", "best blind", "chance", "unreadable", "questions"], numbers: [2, 3, 4, 5])
    for column in columns {
      table.rows.append([
        Self.title(column.name, plugins.tasks), Self.written(column.score), Self.perCent(column.blind),
        Self.perCent(column.chance),
        Self.perCent(column.unreadable), "\(column.count)",
      ])
    }
    let body = style == .markdown ? table.markdown + "\n" : table.aligned
    let overall = overall.map { "\(overallTitle)  \(Self.written($0))\n" } ?? ""
    return "\(name)\n\n" + body + overall + categoryNote
      + "in per cent; 95 % bootstrap intervals over \(pieceCount) pieces; best blind: one constant answer for all questions of a "
      + "kind; chance: a letter at random, or the reference of another question\n"
  }

  /// How questions get into columns that are not there; empty where TSG has its columns, or no questions.
  private var categoryNote: String {
    let prefix = "\(TemporalSourceGrounding.name)/"
    let uncounted = columns.contains { $0.name.hasPrefix(prefix) && !$0.isHeadline }
    let counted = columns.contains { $0.name.hasPrefix(prefix) && $0.isHeadline }
    guard uncounted, !counted else { return "" }
    return "TSG has a column for onsets and one for offsets: give each of its questions \"category\": \"onset\" or \"offset\"\n"
  }

  /// What the overall is the mean of.
  var overallTitle: String {
    let present = columns.filter(\.isHeadline).count
    if isComplete { return "overall, mean of the paper's eight columns" }
    let missing = BenchmarkTable.paperColumns.filter { self[$0] == nil }.map { Self.title($0, .builtIn) }.joined(
      separator: ", ")
    return "mean of \(present) of the paper's eight columns (without \(missing))"
  }

  /// The result as a JSON object, which `takt answers leaderboard` reads.
  package var json: String {
    get throws { try JSONText.indented(self) }
  }

  package init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "cannot be read; `takt answers evaluate … --json > \(path)` writes one")
    }
    do {
      self = try JSONDecoder().decode(BenchmarkResult.self, from: data)
    } catch {
      throw FileError(path: path, message: "is no result of `takt answers evaluate QUESTIONS COMPLETIONS --json`")
    }
  }

  static func written(_ interval: ConfidenceInterval) -> String {
    "\(perCent(interval.estimate)) [\(perCent(interval.lower)), \(perCent(interval.upper))]"
  }

  static func perCent(_ share: Double?) -> String {
    share.map { String(format: "%.1f", 100 * $0) } ?? "–"
  }

  /// A column's name as the paper writes it, such as `TSG onset Hit@3s`.
  package static func title(_ name: String, _ tasks: TaskCatalog) -> String {
    var parts = name.split(separator: "/").map(String.init)
    let measure = tasks.title(ofMeasure: parts.removeLast(), task: parts[0])
    parts[0] = parts[0].uppercased()
    return (parts + [measure]).joined(separator: " ")
  }
}
