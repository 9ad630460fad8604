import Foundation

/// Keeps a second process out of a folder that one is at work in; the system lets go of it when the process ends, however it ends.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Tries for a few seconds, since a process that was just killed may still hold it; throws where another stays at work.
  package init(_ folder: String) throws {
    let path = "\(folder)/.lock"
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(path: path, message: "cannot be made: \(String(cString: strerror(errno)))")
    }
    for attempt in 0... {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { break }
      guard errno == EWOULDBLOCK || errno == EINTR else { break }  // a file system without locks: go on without
      guard attempt < 50 else {
        close(descriptor)
        throw FileError(
          path: folder, message: "another process is at work in it: wait for it, stop it, or give --output another folder")
      }
      usleep(100_000)
    }
  }

  /// Whether a process is at work in a folder.
  package static func isHeld(_ folder: String) -> Bool {
    let descriptor = open("\(folder)/.lock", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  package func release() {
    close(descriptor)
  }
}
