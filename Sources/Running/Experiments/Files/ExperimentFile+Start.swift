import Files
import Foundation
import Options
import Tensors

extension ExperimentFile {
  /// Throws everything outside the file that would keep its run from starting or from leaving its result: files that are not there, an
  /// algorithm that the settings do not give what it needs, an export that would replace a file of someone else.
  public func checkStart() throws {
    let issues = missingFiles + stage.startIssues + exportIssues
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
    let metadata = (try? StoredFile.bytes(of: exportFile)).flatMap { try? Safetensors(decoding: $0).metadata } ?? [:]
    let isOwn = ["format", "kind"].contains { metadata[$0]?.hasPrefix("takt ") == true }
    return isOwn ? [] : issue("is there already, and is no policy or encoder that Takt wrote: remove it or name another file")
  }
}

/// Where paths in a file begin.
enum WorkingFolder {
  /// For a message about a path that leads nowhere; nothing where it is absolute.
  static func note(_ path: String) -> String {
    path.hasPrefix("/")
      ? "" : " in \(FileManager.default.currentDirectoryPath) (paths are relative to the working folder, not to the YAML file)"
  }
}

extension StoredFile {
  /// The bytes of a file that an experiment names; throws where it cannot be read.
  package static func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "there is no such file, or it cannot be read\(WorkingFolder.note(path))")
    }
    return Array(data)
  }
}
