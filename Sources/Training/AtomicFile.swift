import Foundation
import RunLogs

/// Writes files so that a reader sees the old content or the new, never a part.
public enum AtomicFile {
  /// Writes `bytes` beside `path`, syncs them and the folder to the disk, and renames; the name beside it is `NAME.partial`.
  ///
  /// On any failure the old file is untouched and the temporary one removed. A symbolic link stays, and what it leads to is
  /// written; a device or a pipe is written to as it is, since nothing may take its place.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let path = target(of: path)
    guard isReplaceable(path) else { return try pour(bytes, into: path) }
    do throws(FileReplacement.Failure) {
      try FileReplacement.write(bytes, to: path)
    } catch {
      throw switch error.stage {
      case .creating: FileError(path: path + ".partial", message: "cannot be created: \(error.reason)")
      case .writing:
        FileError(path: path, message: "cannot be written: \(error.reason); free some space or choose another folder")
      }
    }
  }

  /// Where symbolic links lead; the path itself where there is none, or it leads to nothing yet.
  private static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether a file of this name may be put in the place of what is there.
  private static func isReplaceable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  private static func pour(_ bytes: [UInt8], into path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path: path) }
    defer { close(descriptor) }
    guard FileReplacement.pour(bytes, into: descriptor) else { throw failure("cannot be written", path: path) }
  }

  private static func failure(_ what: String, path: String) -> FileError {
    FileError(path: path, message: "\(what): \(String(cString: strerror(errno)))")
  }
}

/// A file that could not be read or written, and why.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  public let path: String
  public let message: String

  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  public var description: String { "\(path): \(message)" }
}
