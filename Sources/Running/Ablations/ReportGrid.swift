import Comparisons
import Experiments
import Files
import Foundation
import RunReports

/// The arms of a grid as its folder holds them, finished or not.
struct ReportGrid {
  let title: String
  /// Arms of which at least one run has begun.
  let arms: [ReportArm]
  let baseline: String?
  /// What each arm chooses.
  let table: SummaryTable
  let cautions: [String]

  init(folder: String, progress: WorkProgress) throws {
    let grid = try AblationGrid(folder: folder)
    let folders = grid.arms.flatMap { arm in arm.runs.map { (arm: arm.name, path: "\(folder)/\($0.folder)") } }
    let begun = folders.filter { FileManager.default.fileExists(atPath: RunDirectory(path: $0.path).resolvedFile) }
    let runs = try ReportRun.reading(begun, progress) { (arm: $0.arm, run: try ReportRun($0.path)) }
    let arms = grid.arms.map { arm in
      ReportArm(name: arm.name, runs: runs.filter { $0.arm == arm.name }.map(\.run))
    }.filter { !$0.runs.isEmpty }
    guard !arms.isEmpty else {
      throw NamedError("\(folder): no run of this grid has begun; `takt ablate \(grid.file)` runs it")
    }
    title = grid.name
    self.arms = arms
    baseline = arms.contains { $0.name == grid.baseline && !$0.finished.isEmpty } ? grid.baseline : nil
    let missing = folders.count - arms.reduce(0) { $0 + $1.finished.count }
    cautions =
      missing > 0
      ? ["\(missing) of the grid's \(folders.count) runs have not finished: `takt ablate \(grid.file)` goes on with them."] : []
    table = SummaryTable(
      title: "Arms", note: grid.summary.isEmpty ? "" : "The grid: \(grid.summary)",
      columns: ["arm", "seeds finished", "differs from \(grid.baseline) in"],
      rows: grid.arms.map { arm in
        [
          .text(arm.name), .count(arms.first { $0.name == arm.name }?.finished.count ?? 0),
          .text(arm.differences.isEmpty ? "–" : arm.differences.joined(separator: "; ")),
        ]
      })
  }
}
