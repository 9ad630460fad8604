import Files
import Foundation
import RunFolders
import RunLogs

/// Ends a run whose folder was removed or replaced while it was at work in it, before its next checkpoint: what is written into files that
/// no folder holds any more is lost.
struct FolderWatch: RunLogSink {
  private let directory: RunDirectory
  /// The file by which the folder is known.
  private let known: ino_t?

  init(_ directory: RunDirectory) {
    self.directory = directory
    known = Self.node(of: directory.logFile)
  }

  func record(_ event: RunEvent) throws {
    if event.kind == .checkpoint || event.kind == .finished { try check() }
  }

  func sync() throws { try check() }

  func finish() {}

  private func check() throws {
    guard Self.node(of: directory.resolvedFile) == nil || Self.node(of: directory.logFile) != known else { return }
    throw FileError(
      path: directory.path,
      message:
        "was removed or replaced while the run was at work in it: what was learnt is lost; run the same command to begin anew")
  }

  private static func node(of path: String) -> ino_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_ino : nil
  }
}
