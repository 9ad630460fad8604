package import Experiments
import Foundation

extension RunDirectory {
  /// Writes `summary.html` where it is missing beside scores of start and end: a run has just left them, or it was killed before its page.
  package func completeSummary(plugins: Plugins) throws {
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    guard exists(evaluationFile), !exists(summaryFile) else { return }
    let isCompared = try EvaluationFile.read(evaluationFile).contains { $0.phase == .start }
    if isCompared { try Comparison(runs: [path], control: [], plugins: plugins).writeSummary() }
  }
}
