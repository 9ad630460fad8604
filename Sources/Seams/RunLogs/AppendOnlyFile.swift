import Files
import Foundation

/// A file that grows at its end; a write that fails leaves it as it was.
struct AppendOnlyFile {
  let path: String
  private let handle: FileHandle
  private(set) var length: UInt64

  /// Opens the file, cuts it to `length` bytes, and creates it where it does not exist.
  init(path: String, length: UInt64 = 0) throws(FileError) {
    self.path = path
    self.length = length
    do {
      if !FileManager.default.fileExists(atPath: path) {
        try Data().write(to: URL(fileURLWithPath: path))
        AtomicFile.syncFolder(of: path)
      }
      handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      if try handle.seekToEnd() != length { try handle.truncate(atOffset: length) }
    } catch {
      throw FileError(
        .unwritable, path: path, "cannot be opened for writing: check that its folder exists and may be written", cause: error)
    }
  }

  mutating func append(_ bytes: some Sequence<UInt8>) throws(FileError) {
    let data = Data(bytes)
    do {
      try handle.write(contentsOf: data)
      length += UInt64(data.count)
    } catch {
      try? handle.truncate(atOffset: length)
      throw FileError(.unwritable, path: path, "cannot be written: check the space left on its disk", cause: error)
    }
  }

  mutating func append(_ text: String) throws(FileError) {
    try append(text.utf8)
  }

  /// Puts `text` in place of everything so far, all or nothing.
  static func replace(path: String, with text: String) throws(FileError) {
    try AtomicFile.write(text, to: path)
  }

  /// Returns once everything appended so far is on the disk.
  func sync() throws(FileError) {
    do {
      try handle.synchronize()
    } catch {
      throw FileError(
        .unwritable, path: path, "cannot be brought to the disk: check it and the space left on it", cause: error)
    }
  }

  /// The bytes of the file; none where it does not exist.
  static func contents(path: String) throws(FileError) -> Data {
    guard FileManager.default.fileExists(atPath: path) else { return Data() }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw FileError(.unreadable, path: path, "cannot be read: check its permissions", cause: error)
    }
  }

  func close() {
    try? handle.close()
  }
}
