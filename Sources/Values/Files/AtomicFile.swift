import Foundation

/// Writes files so that a reader sees the old content or the new, never a part.
package enum AtomicFile {
  /// Writes `bytes` beside `path`, syncs them and the folder to the disk, and renames; the name beside it is `NAME.partial`.
  ///
  /// On any failure the old file is untouched and the temporary one removed. A symbolic link stays, and what it leads to is
  /// written; a device or a pipe is written to as it is, since nothing may take its place.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let path = target(of: path)
    guard isReplaceable(path) else { return try pour(bytes, into: path) }
    try replace(path, with: bytes)
  }

  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
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

  private static func pour(_ bytes: [UInt8], into path: String) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path: path) }
    defer { close(descriptor) }
    guard pour(bytes, into: descriptor) else { throw failure("cannot be written", path: path) }
  }

  private static func failure(_ what: String, path: String) -> FileError {
    FileError(.unwritable, path: path, "\(what): \(String(cString: strerror(errno)))")
  }

  /// Puts bytes in the place of a file so that a reader, or whoever comes after a power cut, sees the old content or the new.
  ///
  /// The temporary file is locked while it is written, so two processes, or two threads, take turns; what a killed one left under that
  /// name is written over by the next.
  private static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let temporary = path + ".partial"
    let descriptor = try locked(temporary)
    defer { close(descriptor) }
    guard ftruncate(descriptor, 0) == 0, pour(bytes, into: descriptor), fsync(descriptor) == 0, rename(temporary, path) == 0
    else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw FileError(.unwritable, path: path, "cannot be written: \(reason); free some space or choose another folder")
    }
    syncFolder(of: path)
  }

  /// Writes all bytes where the descriptor stands; false with `errno` where the system takes no more.
  static func pour(_ bytes: [UInt8], into descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { raw in
      var written = 0
      while written < raw.count {
        let count = Foundation.write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        written += count
      }
      return true
    }
  }

  /// Brings the names in a file's folder to the disk; nothing where the system cannot.
  package static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The temporary file, open and locked; a file system without locks goes without.
  private static func locked(_ temporary: String) throws(FileError) -> Int32 {
    while true {
      let descriptor = open(temporary, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard descriptor >= 0 else { throw failure("cannot be created", path: temporary) }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      // Whoever held the lock may have renamed the file meanwhile: then it is someone's finished file and must not be touched.
      var (mine, named) = (stat(), stat())
      if fstat(descriptor, &mine) == 0, stat(temporary, &named) == 0, mine.st_ino == named.st_ino, mine.st_dev == named.st_dev {
        return descriptor
      }
      close(descriptor)
    }
  }
}
