package import Files
import Foundation

/// The judged completions of a run in one file that only grows.
///
/// Every record carries checksums and every `append` reaches the disk before it returns, so a process that is killed at any
/// byte loses at most what it was appending: the torn record is cut off when the store is opened again. ``RolloutReader``
/// reads it; ``RolloutFormat`` says how it is laid out.
package actor RolloutStore {
  package nonisolated let path: String
  private let handle: FileHandle
  private var length: UInt64
  private var lastStep: Int

  /// Starts the file anew; what it held is lost.
  package init(path: String) throws(FileError) {
    try self.init(path: path, keeping: Self.created(path))
  }

  /// Goes on with the file of a run whose checkpoint stands after `step` steps: records of that step and later ones, and what
  /// was torn, are cut off.
  ///
  /// A file that does not exist, or was torn in its header, is started anew.
  package init(path: String, resumingAt step: Int) throws(FileError) {
    try self.init(path: path, keeping: Self.prefix(of: path, before: step))
  }

  private init(path: String, keeping prefix: (length: UInt64, lastStep: Int)) throws(FileError) {
    self.path = path
    (length, lastStep) = prefix
    do {
      handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: prefix.length)
    } catch {
      throw Self.unwritable(path, error)
    }
  }

  /// Appends the records of a step, and returns once they are on the disk; a failure leaves the file as it was.
  ///
  /// Traps where a step comes before one that is stored.
  package func append(_ records: [RolloutRecord]) throws(FileError) {
    var bytes: [UInt8] = []
    for record in records {
      precondition(record.step >= lastStep, "rollouts are stored in the order of their steps")
      lastStep = record.step
      bytes += RolloutFormat.framed(record.bytes)
    }
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
      length += UInt64(bytes.count)
    } catch {
      try? handle.truncate(atOffset: length)
      throw Self.unwritable(path, error)
    }
  }

  private static func created(_ path: String) throws(FileError) -> (length: UInt64, lastStep: Int) {
    let header = RolloutFormat.header
    do {
      try Data(header).write(to: URL(fileURLWithPath: path))
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try file.synchronize()
      try file.close()
    } catch {
      throw unwritable(path, error)
    }
    return (UInt64(header.count), 0)
  }

  private static func prefix(
    of path: String, before step: Int
  ) throws(FileError) -> (length: UInt64, lastStep: Int) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let fileLength = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard fileLength >= RolloutFormat.header.count else { return try created(path) }
    var reader = try RolloutReader(path: path)
    var prefix = (length: reader.offset, lastStep: 0)
    while let record = try reader.next(), record.step < step { prefix = (reader.offset, record.step) }
    return prefix
  }

  private static func unwritable(_ path: String, _ cause: any Error) -> FileError {
    FileError(
      .unwritable, path: path, "cannot be written: check that its folder exists and the space left on its disk", cause: cause)
  }
}
