package import Experiments
import Files
import Foundation
import Numbers
import Options
import RunLogs

/// What a report reads of one run's folder.
package struct ReportRun: Sendable {
  let directory: RunDirectory
  let seed: Int
  /// Whether it learnt from answers, as a control does, and not from rewards.
  let isSupervised: Bool
  /// The text of `resolved.yaml`.
  let configuration: String
  let manifest: Manifest?
  let events: [RunEvent]
  /// Held-out answers; empty where the run has not finished.
  let answers: [HeldOutRecord]

  package init(_ path: String) throws {
    directory = try RunDirectory.existing(path)
    (seed, isSupervised) = try Self.facts(of: directory)
    configuration = String(decoding: FileManager.default.contents(atPath: directory.resolvedFile) ?? Data(), as: UTF8.self)
    manifest = FileManager.default.contents(atPath: directory.manifestFile)
      .flatMap { try? JSONDecoder().decode(Manifest.self, from: $0) }
    let hasLog = FileManager.default.fileExists(atPath: directory.logFile)
    events = hasLog ? try JSONLinesSink.events(path: directory.logFile) : []
    let hasAnswers = FileManager.default.fileExists(atPath: directory.evaluationFile)
    answers = hasAnswers ? try EvaluationFile.read(directory.evaluationFile) : []
  }

  /// What a run's `resolved.yaml` says of its seed, 0 where there is none, and of its stage.
  static func facts(of directory: RunDirectory) throws -> (seed: Int, isSupervised: Bool) {
    let leaves = try YAMLFile(path: directory.resolvedFile).root.leaves
    func value(_ name: String) -> String? { leaves.first { $0.name == name }?.value }
    let text = value("seed") ?? "0"
    guard let seed = Int(text) ?? Double(text).flatMap({ $0 == $0.rounded() ? Int(checked: $0) : nil }) else {
      throw FileError(path: directory.resolvedFile, message: "has the seed '\(text)': a seed is a whole number")
    }
    return (seed, value("stage").map { $0 != "reinforcement" } ?? false)
  }

  var name: String { Self.name(of: directory) }

  /// The folder's name; of a grid's `ARM/seed-N` both, since every arm has a seed of that number.
  static func name(of directory: RunDirectory) -> String {
    let folder = URL(fileURLWithPath: directory.path).standardizedFileURL
    let (name, arm) = (folder.lastPathComponent, folder.deletingLastPathComponent().lastPathComponent)
    let isSeed = name.hasPrefix("seed-") && Int(name.dropFirst("seed-".count)) != nil
    return isSeed && arm != "/" ? "\(arm)/\(name)" : name
  }

  /// The configuration without the seed: runs that share it are seeds of one arm.
  var family: String {
    configuration.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("seed:") }.joined(
      separator: "\n")
  }

  /// The text of `manifest.json`.
  var manifestText: String {
    FileManager.default.contents(atPath: directory.manifestFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

/// Runs of one configuration with different seeds.
package struct ReportArm: Sendable {
  package var name: String
  /// In the order of their seeds.
  package var runs: [ReportRun]

  package init(name: String, runs: [ReportRun]) {
    self.name = name
    self.runs = runs.sorted { $0.seed < $1.seed }
  }

  package var finished: [ReportRun] { runs.filter { !$0.answers.isEmpty } }

  var isSupervised: Bool { runs.allSatisfy(\.isSupervised) }

  /// Whether a person means this arm: by its name, or by the name or folder of one of its runs.
  func answers(to name: String) -> Bool {
    let path = URL(fileURLWithPath: name).standardizedFileURL.path
    return self.name == name
      || runs.contains { $0.name == name || URL(fileURLWithPath: $0.directory.path).standardizedFileURL.path == path }
  }

  /// Runs that differ in nothing but their seed become one arm, named after their folder without `-seed-N`; in the order given.
  ///
  /// Throws where two are alike to the seed: a copy is no further seed.
  static func arms(of runs: [ReportRun]) throws -> [ReportArm] {
    try refuseCopies(runs.map { ($0.directory.path, $0.configuration) })
    var families: [String] = []
    for run in runs where !families.contains(run.family) { families.append(run.family) }
    let arms = families.map { family in
      let members = runs.filter { $0.family == family }
      return ReportArm(name: shortened(members[0].name, seed: members[0].seed), runs: members)
    }
    return arms.enumerated().map { index, arm in
      let isUnique = arms.count { $0.name == arm.name } == 1
      return isUnique ? arm : ReportArm(name: "\(arm.name) (\(index + 1))", runs: arm.runs)
    }
  }

  /// Throws where two runs, each with its folder and `resolved.yaml`, have the same configuration and seed.
  static func refuseCopies(_ runs: [(path: String, configuration: String)]) throws {
    var first: [String: String] = [:]
    for run in runs {
      if let other = first[run.configuration] {
        throw NamedError(
          "\(run.path) has the configuration and the seed of \(other): the same run counts once; leave one of them out")
      }
      first[run.configuration] = run.path
    }
  }

  /// A run's name without its seed.
  static func shortened(_ name: String, seed: Int) -> String {
    for suffix in ["/seed-\(seed)", "-seed-\(seed)", "-seed\(seed)", "-s\(seed)"]
    where name.hasSuffix(suffix) && name.count > suffix.count {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}

extension ReportRun {
  /// Each of many folders in order, with the progress shown.
  package static func reading<Folder, Result>(
    _ folders: [Folder], _ progress: WorkProgress, _ read: (Folder) throws -> Result
  ) rethrows -> [Result] {
    let results = try folders.enumerated().map { index, folder in
      progress.report("reading runs", index, folders.count)
      return try read(folder)
    }
    progress.report("reading runs", 1, 1)
    return results
  }
}
