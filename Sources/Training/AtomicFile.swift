import Foundation

/// Writes files so that a reader sees the old content or the new, never a part.
public enum AtomicFile {
  /// Writes `bytes` beside `path`, syncs them to the disk, and renames.
  ///
  /// On any failure the old file is untouched and the temporary one removed. A symbolic link stays, and what it leads to is
  /// written; a device or a pipe is written to as it is, since nothing may take its place.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let path = target(of: path)
    guard isReplaceable(path) else { return try pour(bytes, into: path) }
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
    guard let file = fopen(path, "wb") else { throw failure("cannot be opened", path: path) }
    let written = bytes.withUnsafeBytes { raw in raw.isEmpty ? 0 : fwrite(raw.baseAddress, 1, raw.count, file) }
    let isWhole = fflush(file) == 0 && written == bytes.count
    let reason = String(cString: strerror(errno))
    fclose(file)
    if !isWhole { throw FileError(path: path, message: "cannot be written: \(reason)") }
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
