import Files
import Foundation

/// Where scores go: a file, which appears under its name when it is whole, or standard output.
struct ScoreOutput: Sendable {
  private let handle: FileHandle
  /// The file that is written, and the name that it gets; `nil` for standard output, a pipe or a device.
  private let names: (partial: String, whole: String)?

  /// Refuses to write over one of the files that are read.
  init(path: String?, inputs: [String]) throws {
    guard let path else {
      (handle, names) = (.standardOutput, nil)
      return
    }
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path(percentEncoded: false) }
    // A symbolic link stays, and what it leads to is written.
    let whole = place(path)
    var status = stat()
    let isOther = stat(whole, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let names = isOther ? nil : (partial: "\(whole).partial", whole: whole)
    self.names = names
    guard !inputs.map(place).contains(where: { $0 == whole || $0 == names?.partial }) else {
      throw FileError(path: path, message: "is a file that is read; name another one for the scores")
    }
    if let names { _ = FileManager.default.createFile(atPath: names.partial, contents: nil) }
    guard let handle = FileHandle(forWritingAtPath: names?.partial ?? path) else {
      throw FileError(path: path, message: "cannot be written; its folder must exist and be writable")
    }
    self.handle = handle
  }

  func write(_ bytes: ArraySlice<UInt8>) throws {
    if !bytes.isEmpty { try handle.write(contentsOf: bytes) }
  }

  /// Where what was scored before an error stays; `nil` where it was printed.
  var partial: String? { names?.partial }

  /// Brings what was written to the disk, under its own name.
  func finish() throws {
    guard let names else { return }
    try handle.synchronize()
    try handle.close()
    guard rename(names.partial, names.whole) == 0 else {
      let why = String(cString: strerror(errno))
      throw FileError(path: names.whole, message: "cannot be written: \(why); the scores are in \(names.partial)")
    }
    AtomicFile.syncFolder(of: names.whole)
  }
}
