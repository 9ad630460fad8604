import Experiments
import Files
import Foundation
import RunReports
import SeedStatistics

extension Comparison {
  private struct Row: Encodable {
    var task: String
    var metric: String
    var decoding: String
    /// Column → interval; columns without answers are left out.
    var means: [String: ConfidenceInterval]
    /// Column → the runs' end minus that column, paired by track.
    var differences: [String: ConfidenceInterval]
  }

  private struct Whole: Encodable {
    var tracks: Int
    /// The fewest tracks that a difference is over, where the two did not answer all of them alike.
    var shared: Int?
    var seeds: Int
    /// What the intervals draw: `tracks`, or `seeds and tracks`.
    var intervals: String
    /// Column → the name of its runs without their seeds.
    var arms: [String: String]
    /// What the column `control` is: `control` where it learnt without rewards, else `baseline`.
    var role: String?
    var rows: [Row]
  }

  /// The table as one JSON object.
  package var json: String {
    get throws {
      let others = table.columns.indices.filter { $0 != table.subject }.map { table.columns[$0] }
      func named(_ names: [String], _ intervals: [ConfidenceInterval?]) -> [String: ConfidenceInterval] {
        Dictionary(uniqueKeysWithValues: zip(names, intervals).compactMap { name, interval in interval.map { (name, $0) } })
      }
      let rows = table.rows.map { row in
        Row(
          task: row.task, metric: row.metric, decoding: row.decoding.rawValue, means: named(table.columns, row.means),
          differences: named(others, row.differences))
      }
      let names = ["after": arms.subject].merging(control.isEmpty ? [:] : [Self.controlColumn: arms.other]) { own, _ in own }
      return try JSONText.indented(
        Whole(
          tracks: table.trackCount, shared: table.leastShared, seeds: table.seedCount,
          intervals: table.seedCount > 1 ? "\(table.unit)s and tracks" : "tracks", arms: names,
          role: control.isEmpty ? nil : arms.role, rows: rows))
    }
  }
}
