import EmbeddedPolicies
package import ExperimentFiles
import ExperimentKinds
import Files
import Foundation
import OptionFiles
import Options
import RunFolders
import Tracks

extension ExperimentFile {
  /// Throws everything outside the file that would keep its run from starting or from leaving its result: files that are not there, an
  /// algorithm that the settings do not give what it needs, an export that would replace a file of someone else.
  package func checkStart() throws {
    let issues = missingFiles + missingTracks + stage.startIssues + exportIssues
    guard issues.isEmpty else { throw ExperimentError(file: path, issues: issues) }
  }

  private var missingFiles: [OptionIssue] {
    stage.files.compactMap { key, file in
      guard !file.isEmpty, !FileManager.default.fileExists(atPath: file) else { return nil }
      let name = URL(fileURLWithPath: file).lastPathComponent
      let remedy =
        RunDirectory.resultNames.contains(name)
        ? "It is what a finished run leaves in its folder: train that one first" : "`make must` makes the shipped checkpoints"
      return OptionIssue(path: key, line: nil, message: "\(file): there is no such file\(WorkingFolder.note(file)). \(remedy)")
    }
  }

  private var missingTracks: [OptionIssue] {
    tracks.named.filter { !FileManager.default.fileExists(atPath: $0.path) }.map { key, path in
      OptionIssue(
        path: "tracks.\(key)", line: nil,
        message: "\(path): there is no such file or folder\(WorkingFolder.note(path))")
    }
  }

  private var exportIssues: [OptionIssue] {
    let exportFile = stage.exportFile
    guard !exportFile.isEmpty else { return [] }
    func issue(_ message: String) -> [OptionIssue] {
      [OptionIssue(path: "export", line: nil, message: "\(exportFile) \(message)")]
    }
    let parent = URL(fileURLWithPath: exportFile).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
      return issue("lies in a folder that does not exist\(WorkingFolder.note(exportFile)): make \(parent) first")
    }
    guard FileManager.default.fileExists(atPath: exportFile, isDirectory: &isFolder) else { return [] }
    if isFolder.boolValue { return issue("is a folder: name a file in it") }
    return ParameterFile.isOwn(exportFile)
      ? [] : issue("is there already, and is no policy or encoder that Takt wrote: remove it or name another file")
  }
}
