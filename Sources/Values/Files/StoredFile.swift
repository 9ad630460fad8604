import Foundation

/// What stands where a run keeps a file.
package enum StoredFile {
  /// What is there instead of a file, such as "a pipe"; `nil` where it is a file, or where nothing is.
  ///
  /// Links are followed. Reading a pipe or a device may never end, so whoever reads a run's folder asks before.
  package static func otherKind(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
