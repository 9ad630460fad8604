import Foundation

/// A file that somebody else has written, read whole as far as a limit allows.
package enum OutsideFile {
  private static let block = 1 << 16

  /// The file's bytes.
  ///
  /// Nothing is read of a file that is larger than `limit`, nor of a pipe or a device, which may never end; a file that grows while it is read
  /// is left at the limit. `remedy` ends the message about a file that is too large, such as "cut it into parts".
  package static func bytes(of path: String, atMost limit: Int, remedy: String = "") throws(FileError) -> [UInt8] {
    if let kind = StoredFile.otherKind(path) {
      throw FileError(.unfit, path: path, "is \(kind) where a file is wanted")
    }
    guard let file = fopen(path, "rb") else {
      throw FileError(
        .unreadable, path: path,
        errno == ENOENT
          ? "there is no such file\(WorkingFolder.note(path))" : "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var status = stat()
    if fstat(fileno(file), &status) == 0, Int(status.st_size) > limit {
      throw tooLarge(path, Int(status.st_size), limit, remedy)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(0, min(Int(status.st_size), limit)))
    var part = [UInt8](repeating: 0, count: block)
    while true {
      let count = fread(&part, 1, block, file)
      bytes.append(contentsOf: part[..<count])
      if bytes.count > limit { throw tooLarge(path, bytes.count, limit, remedy) }
      if count < block { break }
    }
    guard ferror(file) == 0 else {
      throw FileError(.unreadable, path: path, "cannot be read: \(String(cString: strerror(errno)))")
    }
    return bytes
  }

  private static func tooLarge(_ path: String, _ count: Int, _ limit: Int, _ remedy: String) -> FileError {
    FileError(
      .unfit, path: path, "has \(count) bytes; at most \(limit) are allowed" + (remedy.isEmpty ? "" : ": \(remedy)"))
  }
}
