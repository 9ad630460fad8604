package import Comparisons
package import Experiments
import Files

extension Report {
  /// Reads runs' folders, or a grid's; of a grid the baseline is by default the grid's own.
  package init(
    _ paths: [String], baseline: String? = nil, sound: Sound = .embed, hasPictures: Bool = true, output: String = "",
    plugins: Plugins = .current, progress: WorkProgress = .silent
  ) throws {
    guard let folder = paths.first(where: AblationGrid.exists) else {
      try self.init(
        runs: paths, baseline: baseline, sound: sound, hasPictures: hasPictures, output: output, plugins: plugins,
        progress: progress)
      return
    }
    guard paths.count == 1 else {
      throw NamedError("\(folder) is a grid: give one grid alone, or the folders of runs")
    }
    let grid = try ReportGrid(folder: folder, progress: progress)
    try self.init(
      title: grid.title, arms: grid.arms, baseline: baseline ?? grid.baseline, sound: sound, hasPictures: hasPictures,
      output: output, preface: grid.table, cautions: grid.cautions, plugins: plugins)
  }
}
