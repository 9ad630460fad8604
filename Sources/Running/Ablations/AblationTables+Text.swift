import Files
import Foundation
import RunReports

extension AblationTables {
  private struct Whole: Encodable {
    var name: String
    var summary: String
    var metrics: [String]
    var baseline: String
    var seeds: [Int]
    var rows: [Row]
    var runs: [Run]
    /// Runs of the grid that are not finished, as arm/seed.
    var missing: [String]
  }

  /// Everything as one JSON object.
  package var json: String {
    get throws {
      let missing = grid.arms.flatMap { arm in
        arm.runs.filter { run in !runs.contains { $0.arm == arm.name && $0.seed == run.seed } }.map { "\(arm.name)/\($0.seed)" }
      }
      return try JSONText.indented(
        Whole(
          name: grid.name, summary: grid.summary, metrics: grid.metrics, baseline: grid.baseline, seeds: grid.seeds,
          rows: rows, runs: runs, missing: missing))
    }
  }

  /// A row a run: arm, seed, then start and end of each metric, and the reward.
  package var runsCSV: String {
    let header = ["arm", "seed"] + grid.metrics.flatMap { ["start \($0)", "end \($0)"] } + ["reward"]
    return Self.csv(
      [header]
        + runs.map { run in
          [run.arm, "\(run.seed)"] + grid.metrics.flatMap { [Self.cell(run.start[$0]), Self.cell(run.end[$0])] }
            + [Self.cell(run.reward)]
        })
  }

  /// A row an arm and metric.
  package var armsCSV: String {
    let header = [
      "arm", "metric", "seeds", "mean", "deviation", "minimum", "maximum", "gain", "difference", "better", "paired",
    ]
    return Self.csv(
      [header]
        + rows.map { row in
          [
            row.arm, row.metric, "\(row.seeds)", Self.cell(row.mean), Self.cell(row.deviation), Self.cell(row.minimum),
            Self.cell(row.maximum), Self.cell(row.gain), Self.cell(row.difference), row.better.map { "\($0)" } ?? "",
            "\(row.paired)",
          ]
        })
  }

  /// The arms beside each other for a terminal, best first by the first metric.
  package var text: String {
    guard let first = grid.metrics.first else { return "" }
    let order = rows.filter { $0.metric == first }.sorted { $0.mean > $1.mean }.map(\.arm)
    let width = max(8, grid.arms.map(\.name.count).max() ?? 0)
    func padded(_ text: String) -> String { text.padding(toLength: width, withPad: " ", startingAt: 0) }
    let hasSpread = rows.contains { $0.deviation != nil }
    return grid.metrics.map { metric in
      "\(metric)\n"
        + order.compactMap { arm in rows.first { $0.arm == arm && $0.metric == metric } }.map { row in
          let spread = row.deviation.map { String(format: " ± %.3f", $0) } ?? "        "
          let seeds = "  \(row.seeds) seed\(row.seeds == 1 ? " " : "s")"
          let difference =
            row.arm == grid.baseline
            ? "  baseline"
            : row.difference.map {
              String(format: "  %+.3f over the baseline, better on %d of %d seeds", $0, row.better ?? 0, row.paired)
            }
              ?? ""
          return "  \(padded(row.arm))  " + String(format: "%.3f", row.mean) + spread + seeds + difference + "\n"
        }.joined()
    }.joined(separator: "\n")
      + (hasSpread ? "\n± standard deviation over seeds, no interval; takt report has intervals and tests\n" : "")
  }

  private static func cell(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func csv(_ rows: [[String]]) -> String {
    rows.map { $0.map(csvField).joined(separator: ",") + "\n" }.joined()
  }
}
