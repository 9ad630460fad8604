import Experiments
import Files
import Foundation
import RunLogs

/// The results of a grid: `runs.csv`, `arms.csv`, and both in `ablation.json`.
///
/// A function of the finished runs' files and nothing else, so an interrupted grid leaves the same bytes as one that ran through.
public struct AblationTables: Sendable {
  /// One finished run: mean held-out scores of its start and end, by metric.
  public struct Run: Sendable, Hashable, Codable {
    package var arm: String
    package var seed: Int
    package var start: [String: Double]
    package var end: [String: Double]
    /// Mean of `reward/mean` over the last ten steps; of little use between arms, since each has its own reward.
    ///
    /// Absent where the log lacks its end.
    package var reward: Double?
  }

  /// One arm and metric over its finished seeds.
  public struct Row: Sendable, Hashable, Codable {
    public var arm: String
    public var metric: String
    public var seeds: Int
    public var mean: Double
    /// Over seeds, with n − 1; absent for one seed.
    public var deviation: Double?
    package var minimum: Double
    package var maximum: Double
    /// Mean gain over the start.
    public var gain: Double?
    /// Mean difference from the baseline on the same seeds, and on how many of them the arm is better.
    public var difference: Double?
    public var better: Int?
    package var paired: Int
  }

  public let runs: [Run]
  public let rows: [Row]
  /// Finished runs that are left out since a file of theirs cannot be read, each with what is wrong.
  package let unreadable: [String]
  package let grid: AblationGrid
  private let folder: String

  /// Reads the finished runs of a grid; the others are left out, as are those that cannot be read.
  public init(grid: AblationGrid, folder: String) throws {
    self.grid = grid
    self.folder = folder
    var found: [Run] = []
    var unreadable: [String] = []
    for arm in grid.arms {
      for run in arm.runs {
        do {
          found += [try Self.run(run, of: arm, metrics: grid.metrics, folder: "\(folder)/\(run.folder)")].compactMap { $0 }
        } catch {
          unreadable.append("\(run.folder): \(error); where nothing restores it, remove the run's folder to make it again")
        }
      }
    }
    (runs, self.unreadable) = (found, unreadable)
    rows = grid.arms.flatMap { arm in grid.metrics.compactMap { Self.row(arm.name, metric: $0, of: found, grid: grid) } }
  }

  private static func run(
    _ run: AblationGrid.Run, of arm: AblationGrid.Arm, metrics: [String], folder: String
  ) throws -> Run? {
    let directory = RunDirectory(path: folder)
    guard directory.isFinished(isScored: true) else { return nil }
    let answers = try EvaluationFile.read(directory.evaluationFile)
    let means = HeldOutMeans(answers).scores
    func scores(_ phase: HeldOutRecord.Phase) -> [String: Double] {
      Dictionary(
        uniqueKeysWithValues: metrics.compactMap { metric in means["\(phase.rawValue)/\(metric)"].map { (metric, $0) } })
    }
    let events = try JSONLinesSink.events(path: directory.logFile)
    let rewards = LogEnding(events).isWhole ? events.compactMap { $0.scalars["reward/mean"] }.suffix(10) : []
    return Run(
      arm: arm.name, seed: run.seed, start: scores(.start), end: scores(.end),
      reward: rewards.isEmpty ? nil : rewards.reduce(0, +) / Double(rewards.count))
  }

  private static func row(_ arm: String, metric: String, of runs: [Run], grid: AblationGrid) -> Row? {
    let own = runs.filter { $0.arm == arm && $0.end[metric] != nil }
    let values = own.compactMap { $0.end[metric] }
    guard let minimum = values.min(), let maximum = values.max() else { return nil }
    let gains = own.compactMap { run in run.start[metric].flatMap { start in run.end[metric].map { $0 - start } } }
    let baseline = runs.filter { $0.arm == grid.baseline }
    let differences =
      arm == grid.baseline
      ? []
      : own.compactMap { run -> Double? in
        guard let value = run.end[metric], let other = baseline.first(where: { $0.seed == run.seed })?.end[metric] else {
          return nil
        }
        return value - other
      }
    return Row(
      arm: arm, metric: metric, seeds: values.count, mean: mean(values), deviation: deviation(values), minimum: minimum,
      maximum: maximum, gain: gains.isEmpty ? nil : mean(gains), difference: differences.isEmpty ? nil : mean(differences),
      better: differences.isEmpty ? nil : differences.filter { $0 > 0 }.count, paired: differences.count)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let center = mean(values)
    return (values.map { ($0 - center) * ($0 - center) }.reduce(0, +) / Double(values.count - 1)).squareRoot()
  }

  public func write() throws {
    try AtomicFile.write(Array(runsCSV.utf8), to: "\(folder)/runs.csv")
    try AtomicFile.write(Array(armsCSV.utf8), to: "\(folder)/arms.csv")
    try AtomicFile.write(Array(try json.utf8), to: "\(folder)/ablation.json")
  }
}
