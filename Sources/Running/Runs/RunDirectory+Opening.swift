import ExperimentFiles
package import ExperimentKinds
import Files
import Foundation
import OptionFiles
package import Options
package import RunFolders

extension RunDirectory {
  /// Makes the folder, or goes on in it where the same configuration ran there before.
  ///
  /// A folder that holds another
  /// configuration's run is refused and left as it is.
  package func open(resolved: OptionValue, plugins: Plugins) throws {
    if let misplaced { throw misplaced }
    let text = resolved.yaml()
    if let existing = FileManager.default.contents(atPath: resolvedFile) {
      if existing == Data(text.utf8) { return }
      // An older version's file lacks the options that came later; the run had what is now their default.
      guard (try? ExperimentFile(of: self, plugins: plugins).resolved.yaml()) == text else {
        if try takeOver(text) { return }
        throw FileError(path: path, message: Self.refusal(existing: existing, text: text, manifestFile: manifestFile))
      }
      try AtomicFile.write(Array(text.utf8), to: resolvedFile)
      return
    }
    try StoredFolder.make(path)
    try AtomicFile.write(Array(text.utf8), to: resolvedFile)
  }

  /// Puts another configuration in the place of one whose run failed before its first step; returns whether it did.
  ///
  /// A folder in which no such failure is noted, with a log, a checkpoint or a result, or in which a run is at work, is left as it is.
  private func takeOver(_ text: String) throws -> Bool {
    let left = [logFile, checkpointsFolder, rolloutsFile, policyFile, policyStateFile, evaluationFile]
    guard FileManager.default.fileExists(atPath: failureFile), !left.contains(where: FileManager.default.fileExists(atPath:))
    else {
      return false
    }
    let lock = try FolderLock(path)
    defer { lock.release() }
    for stale in [manifestFile, baselinesFile, failureFile] { try? FileManager.default.removeItem(atPath: stale) }
    try AtomicFile.write(Array(text.utf8), to: resolvedFile)
    return true
  }

  /// Why a folder's run cannot go on: the options that differ, and the version that wrote it where that is another.
  private static func refusal(existing: Data, text: String, manifestFile: String) -> String {
    let remedy = "give --output another folder, or remove it"
    guard let old = try? YAMLFile(text: String(decoding: existing, as: UTF8.self), path: "resolved.yaml"),
      let new = try? YAMLFile(text: text, path: "resolved.yaml")
    else { return "its resolved.yaml cannot be read: it was cut off or changed; \(remedy)" }
    let differences = OptionDifference.between(old.root, new.root)
    let shown = differences.prefix(5).map { "\n  \($0)" }.joined()
    let more = differences.count > 5 ? "\n  and \(differences.count - 5) more" : ""
    let writer = Manifest(reading: manifestFile)?.taktVersion
    let version = writer.map { $0 == Manifest.version ? "" : ", by Takt \($0) (this is \(Manifest.version))" } ?? ""
    return "holds a run of another configuration\(version):\(shown)\(more)\n\(remedy)"
  }
}
