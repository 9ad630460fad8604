package import Files
import Foundation

/// Reads a rollout store record by record; the file may be larger than memory.
///
///     var reader = try RolloutReader(path: "runs/demo/rollouts.bin")
///     while let record = try reader.next() { … }
///
/// A last record that was torn is the end, as in a store that a run is still writing.
package struct RolloutReader {
  package let path: String
  private let handle: FileHandle
  private let fileLength: UInt64
  private var buffer: ArraySlice<UInt8> = []
  /// Bytes of the file when it was opened.
  package var length: UInt64 { fileLength }
  /// Where the next record starts; after the last one, the length of the part of the file that is intact.
  package private(set) var offset: UInt64 = 0
  /// Bytes after the last intact record, once ``next()`` has given `nil`: a record that was torn, or that a run is still writing.
  package var tornLength: UInt64 { fileLength - offset }

  private static let chunkLength = 1 << 20

  package init(path: String) throws(FileError) {
    self.path = path
    do {
      handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      fileLength = try handle.seekToEnd()
      try handle.seek(toOffset: 0)
    } catch {
      throw FileError(.unreadable, path: path, "cannot be read: check the run's folder", cause: error)
    }
    let length = RolloutFormat.header.count
    guard try fill(length), RolloutFormat.isHeader(buffer.prefix(length)) else {
      throw FileError(
        .foreign, path: path,
        "is no rollout store of version \(RolloutFormat.version) or before: check the path, or start a new run")
    }
    consume(length)
  }

  /// The next record, or `nil` at the end.
  ///
  /// A damaged record throws an error that names its offset.
  package mutating func next() throws(FileError) -> RolloutRecord? {
    guard try fill(RolloutFormat.frameLength) else { return nil }
    let frame = buffer.prefix(RolloutFormat.frameLength)
    guard let dataLength = RolloutFormat.dataLength(frame: frame) else {
      if try isZeroToTheEnd() { return nil }
      throw damage("length")
    }
    let length = RolloutFormat.frameLength + dataLength + RolloutFormat.trailerLength
    guard try fill(length) else { return nil }
    let body = buffer.prefix(length).dropFirst(RolloutFormat.frameLength)
    guard let data = RolloutFormat.data(withTrailer: body), let record = RolloutRecord(bytes: data) else {
      if offset + UInt64(length) == fileLength { return nil }
      throw damage("data")
    }
    consume(length)
    return record
  }

  /// The records of one step, in the order in which they were stored.
  package static func records(path: String, ofStep step: Int) throws(FileError) -> [RolloutRecord] {
    var reader = try RolloutReader(path: path)
    var records: [RolloutRecord] = []
    while let record = try reader.next(), record.step <= step {
      if record.step == step { records.append(record) }
    }
    return records
  }

  /// Makes sure that `count` bytes are in the buffer; false where the file ends before.
  private mutating func fill(_ count: Int) throws(FileError) -> Bool {
    guard offset + UInt64(count) <= fileLength else { return false }
    while buffer.count < count {
      let chunk: Data?
      do {
        chunk = try handle.read(upToCount: max(Self.chunkLength, count - buffer.count))
      } catch {
        throw FileError(.unreadable, path: path, "cannot be read at byte \(offset): check its disk", cause: error)
      }
      guard let chunk, !chunk.isEmpty else { return false }
      buffer = Array(buffer)[...] + chunk
    }
    return true
  }

  private mutating func consume(_ count: Int) {
    buffer.removeFirst(count)
    offset += UInt64(count)
  }

  /// Whether nothing but zeros follows: what a power failure leaves of a file that had just grown.
  private func isZeroToTheEnd() throws(FileError) -> Bool {
    guard buffer.allSatisfy({ $0 == 0 }) else { return false }
    do {
      while let chunk = try handle.read(upToCount: Self.chunkLength), !chunk.isEmpty {
        guard chunk.allSatisfy({ $0 == 0 }) else { return false }
      }
    } catch {
      throw FileError(.unreadable, path: path, "cannot be read after byte \(offset): check its disk", cause: error)
    }
    return true
  }

  private func damage(_ part: String) -> FileError {
    FileError(
      .damaged, path: path,
      "the \(part) of the record at byte \(offset) does not match its checksum: restore the file from a copy, or cut it to "
        + "\(offset) bytes to keep the records before it")
  }
}
