import BuiltInPlugins
import ExperimentKinds
import Files
import Foundation
import OptionFiles
import Options
package import RunFolders
package import RunIndex
import RunLogs

/// Puts runs into the index of runs, and makes their records from their folders.
public struct RunRegistration: Sendable {
  /// How far a run is, as the index words it.
  package enum Status: String, Sendable {
    case running, stopped, finished, failed
    /// Its process is gone and it was not finished; the same command goes on with it.
    case interrupted
  }

  /// The index's file; `nil` keeps none.
  package let path: String?

  public init(path: String?) {
    self.path = path
  }

  /// `runs/index.sqlite`, or what the environment says: `TAKT_INDEX=FILE`, or `TAKT_INDEX=off` for none.
  package init(environment: [String: String]? = nil) {
    let chosen = (environment ?? ProcessInfo.processInfo.environment)["TAKT_INDEX"] ?? ""
    path = chosen == "off" ? nil : chosen.isEmpty ? "runs/index.sqlite" : chosen
  }

  /// Puts a run as it is now into the index; returns a warning where the index cannot be written, and never throws: a run does not
  /// depend on its index.
  package func register(_ directory: RunDirectory, status: Status) -> String? {
    guard let path, RunIndex.isBuilt else { return nil }
    do {
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try StoredFolder.make(parent)
      try RunIndex(path: path).record(try Self.record(of: directory, status: status))
      return nil
    } catch {
      return "the run is not in the index: \(error)"
    }
  }

  /// Folders of the runs that the index holds as finished; none where there is no index that can be read.
  package func finishedFolders() -> Set<String> {
    guard let path, FileManager.default.fileExists(atPath: path) else { return [] }
    let finished = try? RunIndex(path: path).folders(where: RunCondition("status = \(Status.finished.rawValue)"))
    return Set(finished ?? [])
  }

  /// Reads all runs below these folders again and puts them in place of what the index held; returns how many, and what could not
  /// be read.
  package func rebuild(from roots: [String]) throws -> (runs: Int, warnings: [String]) {
    guard let path else { throw NamedError("TAKT_INDEX is off: there is no index to rebuild") }
    var records: [RunRecord] = []
    var warnings: [String] = []
    for root in roots {
      guard FileManager.default.fileExists(atPath: root) else { throw NamedError("\(root): there is no such folder") }
      let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      let folders = found.filter { ($0 as NSString).lastPathComponent == "resolved.yaml" }
        .map { (($0 as NSString).deletingLastPathComponent) }.map { $0.isEmpty ? root : "\(root)/\($0)" }
      for folder in folders.sorted() {
        let directory = RunDirectory(path: folder)
        do {
          if let misplaced = directory.misplaced { throw misplaced }
          records.append(try Self.record(of: directory, status: Self.status(of: directory)))
        } catch {
          warnings.append("\(error)")
        }
      }
    }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try StoredFolder.make(parent)
    try RunIndex(path: path).replace(with: records)
    return (records.count, warnings)
  }

  /// What the files of a run's folder say of its end.
  private static func status(of directory: RunDirectory) -> Status {
    if directory.isFinished(isScored: directory.isScored) { return .finished }
    return FolderLock.isHeld(directory.path) ? .running : .interrupted
  }

  /// Everything that a run's folder tells: options, manifest, the last value of each metric, held-out scores.
  package static func record(of directory: RunDirectory, status: Status) throws -> RunRecord {
    var facts: [String: RunRecord.Fact] = [:]
    for (name, value) in try YAMLFile(path: directory.resolvedFile).root.leaves {
      facts[name] = Double(value).map { .number($0) } ?? .text(value)
    }
    facts["algorithm"] = facts["algorithm.algorithm"]
    let rewards = facts.keys.filter { $0.hasPrefix("rewards.") && $0.hasSuffix(".label") }.sorted()
    if !rewards.isEmpty {
      facts["rewards"] = .text(rewards.compactMap { facts[$0]?.description }.joined(separator: " "))
    }
    if let manifest = Manifest(reading: directory.manifestFile) {
      facts["version"] = .text(manifest.taktVersion)
      facts["commit"] = .text(manifest.commit)
      facts["host"] = .text(manifest.host)
      facts["started"] = .text(manifest.startedAt)
    }
    if FileManager.default.fileExists(atPath: directory.logFile) {
      let events = try JSONLinesSink.events(path: directory.logFile)
      for event in events {
        for (name, value) in event.scalars { facts[name] = .number(value) }
      }
      facts["steps"] = .number(Double(events.last?.stepsDone ?? 0))
    }
    if FileManager.default.fileExists(atPath: directory.evaluationFile) {
      for (name, score) in HeldOutMeans(try EvaluationFile.read(directory.evaluationFile, tasks: Plugins.current.tasks)).scores
      {
        facts[name] = .number(score)
      }
    }
    facts["status"] = .text(status.rawValue)
    return RunRecord(folder: directory.path, facts: facts)
  }
}
