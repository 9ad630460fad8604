import Foundation

/// A file that has no name any more: a child process can read it, and nothing of it is left however the program ends.
struct UnlinkedFile {
  /// Stands at the file's start.
  let handle: FileHandle

  init(holding bytes: [UInt8]) throws(MusicError) {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw MusicError(
        .unwritable, path: path, "cannot be written (\(String(cString: strerror(errno)))): is there room on the disk?")
    }
    unlink(path)
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.seek(toOffset: 0)
    } catch {
      throw MusicError(.unwritable, path: path, "cannot be written (\(error.localizedDescription)): is there room on the disk?")
    }
  }
}
