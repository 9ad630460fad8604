import Foundation

/// Puts bytes in the place of a file so that a reader, or whoever comes after a power cut, sees the old content or the new.
///
/// They are written to `NAME.partial` beside the file, synced, renamed, and the folder is synced. The temporary file is locked while it
/// is written, so two processes, or two threads, take turns; what a killed one left under that name is written over by the next.
package enum FileReplacement {
  /// What the system said no to, and why; the old file is as it was and no temporary one is left.
  package struct Failure: Error, Hashable {
    package enum Stage: Hashable { case creating, writing }
    package let stage: Stage
    package let reason: String

    init(_ stage: Stage, _ code: Int32) {
      self.stage = stage
      reason = String(cString: strerror(code))
    }
  }

  package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let temporary = path + ".partial"
    let descriptor = try locked(temporary)
    defer { close(descriptor) }
    guard ftruncate(descriptor, 0) == 0, pour(bytes, into: descriptor), fsync(descriptor) == 0, rename(temporary, path) == 0
    else {
      let code = errno
      unlink(temporary)
      throw Failure(.writing, code)
    }
    syncFolder(of: path)
  }

  /// Writes all bytes where the descriptor stands; false with `errno` where the system takes no more.
  package static func pour(_ bytes: [UInt8], into descriptor: Int32) -> Bool {
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
  private static func locked(_ temporary: String) throws(Failure) -> Int32 {
    while true {
      let descriptor = open(temporary, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard descriptor >= 0 else { throw Failure(.creating, errno) }
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
