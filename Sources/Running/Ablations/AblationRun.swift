import Comparisons
import Experiments
import Files
import Foundation
import Options
import Training

/// Runs the grid of an ablation file in worker processes, from nothing or from where it was.
///
/// Every run is `takt train` on its arm's experiment file in a folder of its own, so what is finished stays finished, and a run that
/// was killed goes on from its last checkpoint. Tables depend on the runs' files alone.
public struct AblationRun: Sendable {
  package let file: AblationFile
  package let grid: AblationGrid
  package let folder: String
  package let workers: Int
  private let executable: String
  private let options: [String]
  private let shouldStop: @Sendable () -> Bool
  private let report: @Sendable (AblationStatus) -> Void

  public enum Ending: Sendable, Hashable {
    case finished
    /// Stopped on request; so many runs are left.
    case stopped(left: Int)
    /// Some runs failed; the tables hold the others.
    case failed([String])
  }

  /// Times that a run whose process was killed from outside is started again before it counts as failed.
  private static let restarts = 2
  private static let interval = Duration.milliseconds(250)

  /// `options` are further arguments of `takt train`; `report` is called several times a second.
  public init(
    file: AblationFile, folder: String, workers: Int, executable: String = ProgramFile.path, options: [String] = [],
    shouldStop: @escaping @Sendable () -> Bool = { false }, report: @escaping @Sendable (AblationStatus) -> Void = { _ in }
  ) {
    self.file = file
    self.folder = folder
    self.workers = workers
    self.executable = executable
    self.options = options
    self.shouldStop = shouldStop
    self.report = report
    grid = AblationGrid(file)
  }

  /// Writes `grid.json` and the arms' files, makes every run that is not finished, and writes the tables.
  public func run() async throws -> Ending {
    try prepare()
    let lock = try FolderLock(folder)
    defer { lock.release() }
    var queue = grid.arms.isEmpty ? [] : interleaved.filter { !isFinished($0.run) }
    var status = AblationStatus(total: grid.arms.count * grid.seeds.count)
    status.notes = completeFinished() + damaged(queue.map(\.run))
    status.done = status.total - queue.count
    var running: [AblationWorker] = []
    var killed: [String: Int] = [:]
    var stopping = false
    let threads = max(1, ProcessInfo.processInfo.activeProcessorCount / workers)
    while !running.isEmpty || (!queue.isEmpty && !stopping) {
      if shouldStop(), !stopping {
        stopping = true
        for worker in running { worker.stop() }
      }
      while !stopping, running.count < workers, !queue.isEmpty {
        let next = queue.removeFirst()
        running.append(
          try AblationWorker(next.arm, next.run, grid: folder, executable: executable, threads: threads, options: options))
      }
      for worker in running {
        switch worker.ending {
        case nil: continue
        case .finished where isFinished(worker.run):
          try? FileManager.default.removeItem(atPath: worker.outputFile)
          status.done += 1
        case .killed(let signal) where killed[worker.run.folder, default: 0] < Self.restarts && !stopping:
          killed[worker.run.folder, default: 0] += 1
          status.notes.append("\(worker.run.folder): its process was ended by signal \(signal); it goes on from its checkpoint")
          queue.insert((worker.arm, worker.run), at: 0)
        case .stopped where stopping, .killed where stopping: break
        case .finished, .stopped, .killed, .failed:
          status.failed.append("\(worker.run.folder) (see \(worker.outputFile)):\n\(worker.lastWords)")
        }
        running.removeAll { $0.run == worker.run }
      }
      status.running = running.map { .init(name: $0.run.folder, progress: $0.progress) }
      status.left = queue.count
      report(status)
      try await Task.sleep(for: Self.interval)
    }
    let left = queue.count
    if stopping, status.done < status.total { return .stopped(left: max(left, status.total - status.done)) }
    let tables = try AblationTables(grid: grid, folder: folder)
    try tables.write()
    status.failed += tables.unreadable
    return status.failed.isEmpty ? .finished : .failed(status.failed)
  }

  /// Seed by seed through all arms, so that a grid that is stopped has whole comparisons.
  private var interleaved: [(arm: AblationGrid.Arm, run: AblationGrid.Run)] {
    grid.seeds.indices.flatMap { index in grid.arms.map { ($0, $0.runs[index]) } }
  }

  /// Does for finished runs what a kill after their last scores left undone: their page, their place in the index.
  ///
  /// Returns what a person should know.
  private func completeFinished() -> [String] {
    let index = RunRegistration()
    let known = index.finishedFolders()
    let plugins = file.arms.first?.experiment.plugins ?? .current
    var notes: [String] = []
    for (_, run) in interleaved where isFinished(run) {
      let directory = RunDirectory(path: "\(folder)/\(run.folder)")
      do { try directory.completeSummary(plugins: plugins) } catch {
        notes.append("\(run.folder): its page is missing: \(error)")
      }
      if !known.contains(directory.path) { _ = index.register(directory, status: .finished) }
    }
    return notes
  }

  /// Of the runs that are to be made, those that were finished and whose policy or scores are damaged.
  private func damaged(_ runs: [AblationGrid.Run]) -> [String] {
    runs.compactMap { run in
      let directory = RunDirectory(path: "\(folder)/\(run.folder)")
      if let misplaced = directory.misplaced { return "\(misplaced)" }
      if let damage = directory.damagedPolicy { return "\(damage). Its parameters are taken from the run's last checkpoint" }
      return directory.damagedScores.map { "\($0). The finished policy is scored again" }
    }
  }

  private func isFinished(_ run: AblationGrid.Run) -> Bool {
    RunDirectory(path: "\(folder)/\(run.folder)").isFinished(isScored: true)
  }

  /// Writes the arms' files; throws, before anything is written, where an arm of this name ran with other options.
  private func prepare() throws {
    var clashes: [String] = []
    let texts = file.arms.map { $0.experiment.resolved.yaml() }
    for (arm, text) in zip(grid.arms, texts) {
      let path = "\(folder)/\(arm.experiment)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      // Resolved anew, so that an option that a later version added counts with its default.
      let old = (try? ExperimentFile(path: path).resolved) ?? (try? YAMLFile(path: path).root) ?? .emptyMap
      let changed = try OptionDifference.between(old, YAMLFile(text: text, path: path).root)
      if !changed.isEmpty { clashes.append("  \(arm.name): " + changed.prefix(3).map(\.description).joined(separator: "; ")) }
    }
    guard clashes.isEmpty else {
      throw FileError(
        path: folder,
        message: """
          holds runs of arms that have other options now:
          \(clashes.joined(separator: "\n"))
          give --output another folder, rename the arms, or remove their folders
          """)
    }
    for (arm, text) in zip(grid.arms, texts) {
      let path = "\(folder)/\(arm.experiment)"
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try StoredFolder.make(parent)
      if !FileManager.default.fileExists(atPath: path) { try AtomicFile.write(Array(text.utf8), to: path) }
    }
    try AtomicFile.write(try grid.json, to: AblationGrid.file(in: folder))
  }
}

/// How far a grid is.
public struct AblationStatus: Sendable {
  package struct Running: Sendable {
    package var name: String
    /// `nil` while it prepares its tracks.
    package var progress: (done: Int, total: Int, reward: Double?)?

    /// The share of its steps that is done.
    package var share: Double { progress.map { $0.total > 0 ? Double($0.done) / Double($0.total) : 0 } ?? 0 }
  }

  package var total: Int
  package var done = 0
  package var running: [Running] = []
  package var left = 0
  /// Runs that failed, each with the last words of its process.
  package var failed: [String] = []
  /// What else a person should know.
  package var notes: [String] = []

  /// Runs' worth of work done so far.
  package var work: Double { Double(done + failed.count) + running.map(\.share).reduce(0, +) }
}

/// The executable of this process.
public enum ProgramFile {
  public static var path: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
