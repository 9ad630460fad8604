package import Experiments
import Files
import Foundation
import RunIndex
import RunReports

/// The runs of the index as tables: `takt runs`.
package struct RunListing: Sendable {
  private let records: [RunRecord]

  private static let columns = ["status", "stage", "algorithm", "seed", "steps", "reward/mean", "started"]

  /// Runs for which `condition` holds; those whose folder is gone are left out.
  package init(_ registration: RunRegistration = RunRegistration(), condition: String? = nil) throws {
    let condition = try condition.map { try RunCondition($0) }
    guard let path = registration.path, !RunIndex.isBuilt || FileManager.default.fileExists(atPath: path) else {
      throw NamedError(
        "there is no index of runs yet: `takt train` makes it, and `takt runs rebuild` reads the folders below runs/")
    }
    records = try RunIndex(path: path).runs(where: condition).compactMap { record in
      let directory = RunDirectory(path: record.folder)
      guard FileManager.default.fileExists(atPath: directory.resolvedFile) else { return nil }
      var record = record
      // A process that was killed could not say so.
      if record.facts["status"] == .text("running"), !FolderLock.isHeld(record.folder) {
        record.facts["status"] = .text(RunRegistration.Status.interrupted.rawValue)
      }
      return record
    }
  }

  /// A line a run, with `metrics` as further columns.
  package func text(metrics: [String] = []) -> String {
    guard !records.isEmpty else { return "no runs\n" }
    let columns = Self.columns + metrics.filter { !Self.columns.contains($0) }
    return TextTable(
      head: ["folder"] + columns,
      rows: records.map { record in [record.folder] + columns.map { Self.cell(record.facts[$0]) } }
    ).aligned
  }

  package func json() throws -> String { try Self.json(records) }

  /// Every fact in which runs differ, a column a run: results, then options; with `all`, those in which they agree too.
  ///
  /// A run is named by its folder, or where there is no such folder by its place below `runs/`.
  package static func comparison(of names: [String], json: Bool, all: Bool) throws -> String {
    let folders = names.map(folder)
    let records = try folders.map { folder in
      let directory = try RunDirectory.existing(folder)
      let isFinished = FileManager.default.fileExists(atPath: directory.evaluationFile)
      return try RunRegistration.record(of: directory, status: isFinished ? .finished : .stopped)
    }
    if json { return try Self.json(records) }
    let facts = Set(records.flatMap(\.facts.keys)).sorted { (place($0), $0) < (place($1), $1) }
    let shown = facts.filter { name in
      !name.hasPrefix("time/") && (all || Set(records.map { $0.facts[name] }).count > 1)
    }
    guard !shown.isEmpty else { return "they differ in nothing that is known of them; --all shows it\n" }
    return TextTable(
      head: [""] + names, rows: shown.map { name in [name] + records.map { cell($0.facts[name]) } }
    ).aligned
  }

  private static func folder(_ name: String) -> String {
    let below = "runs/\(name)"
    func isRun(_ path: String) -> Bool { FileManager.default.fileExists(atPath: RunDirectory(path: path).resolvedFile) }
    return !isRun(name) && !name.hasPrefix("/") && isRun(below) ? below : name
  }

  /// What a person looks for first: status, scores of the end and the start, other metrics, the configuration.
  private static func place(_ name: String) -> Int {
    if ["status", "algorithm", "steps"].contains(name) { return 0 }
    if name.hasPrefix("end/") { return 1 }
    if name.hasPrefix("start/") { return 2 }
    if name.hasPrefix("reward/") { return 3 }
    return name.contains("/") ? 4 : 5
  }

  private static func cell(_ fact: RunRecord.Fact?) -> String {
    switch fact {
    case nil: "–"
    case .number(let number) where number != number.rounded(): String(format: "%.4g", number)
    case let fact?: fact.description
    }
  }

  private static func json(_ records: [RunRecord]) throws -> String {
    let objects = records.map { record -> [String: Any] in
      var object: [String: Any] = ["folder": record.folder]
      for (name, fact) in record.facts {
        switch fact {
        case .text(let text): object[name] = text
        case .number(let number): object[name] = number.isFinite ? number : "\(number)"
        }
      }
      return object
    }
    return try JSONText.indented(objects: objects)
  }
}
