import Foundation

/// Writes files so that a reader sees the old content or the new, never a part.
public enum AtomicFile {
  /// Writes `bytes` beside `path`, syncs them to the disk, and renames.
  ///
  /// On any failure the old file is untouched and the
  /// temporary one removed.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = path + ".partial"
    guard let file = fopen(temporary, "wb") else { throw failure("cannot be created", path: temporary) }
    let written = bytes.withUnsafeBytes { raw in raw.isEmpty ? 0 : fwrite(raw.baseAddress, 1, raw.count, file) }
    let isSynced = written == bytes.count && fflush(file) == 0 && fsync(fileno(file)) == 0
    let reason = isSynced ? "" : String(cString: strerror(errno))
    fclose(file)
    guard isSynced, rename(temporary, path) == 0 else {
      let cause = reason.isEmpty ? String(cString: strerror(errno)) : reason
      unlink(temporary)
      throw FileError(path: path, message: "cannot be written: \(cause); free some space or choose another folder")
    }
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
