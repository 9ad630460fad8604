import Foundation

/// Where paths in a file begin.
package enum WorkingFolder {
  /// For a message about a path that leads nowhere; nothing where it is absolute.
  package static func note(_ path: String) -> String {
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
