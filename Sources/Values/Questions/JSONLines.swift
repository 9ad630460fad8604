import Files
package import Foundation

/// A file of values, one JSON object a line, read or written without holding more than a piece of it in memory.
///
/// Blank lines are stepped over. Lines may end in LF or CR LF.
@usableFromInline
package enum JSONLines {
  /// What is wrong, in which file, on which line.
  @usableFromInline
  package struct Failure: Error, Sendable, CustomStringConvertible {
    package var file: String
    /// Counted from 1; `nil` where the file as a whole is at fault.
    package var line: Int?
    package var message: String

    @usableFromInline
    package init(file: String, line: Int?, message: String) {
      self.file = file
      self.line = line
      self.message = message
    }

    @usableFromInline
    package var description: String {
      line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
  }

  /// Bytes read at a time.
  private static let pieceLength = 1 << 20

  /// Calls `body` with each value in order.
  ///
  /// Throws `Failure` where the file cannot be read or a line is no such value, and
  /// whatever `body` throws.
  package static func read<Value: Decodable>(
    _ type: Value.Type, from file: URL, _ body: (Value) throws -> Void
  ) throws {
    try read(type, from: file) { value, _ in try body(value) }
  }

  /// Calls `body` with each value and the number of its line, counted from 1; `progress` with the bytes that have been read.
  package static func read<Value: Decodable>(
    _ type: Value.Type, from file: URL, forms: QuestionForms = QuestionForms(),
    progress: (Int) -> Void = { _ in }, _ body: (Value, Int) throws -> Void
  ) throws {
    try lines(of: file, progress) { number, line in
      let value: Value
      do {
        value = try decode(type, from: line, forms: forms)
      } catch {
        throw Failure(file: file.path(percentEncoded: false), line: number, message: message(for: error, in: line))
      }
      try body(value, number)
    }
  }

  /// All values of a file.
  package static func read<Value: Decodable>(_ type: Value.Type, from file: URL) throws -> [Value] {
    var values: [Value] = []
    try read(type, from: file) { values.append($0) }
    return values
  }

  /// Writes the values, a line each, in the canonical form: keys sorted, no blanks, no escaped slashes.
  ///
  /// An existing file is replaced.
  package static func write(_ values: some Sequence<some Encodable>, to file: URL) throws {
    let encoder = JSONText.encoder()
    let path = file.path(percentEncoded: false)
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) else {
      throw Failure(file: path, line: nil, message: "cannot be written; its folder must exist and be writable")
    }
    defer { try? handle.close() }
    var pending = Data()
    for value in values {
      pending += try encoder.encode(value)
      pending.append(0x0A)
      if pending.count >= pieceLength {
        try handle.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
      }
    }
    try handle.write(contentsOf: pending)
  }

  static func lines(
    of file: URL, _ progress: (Int) -> Void = { _ in }, _ body: (Int, Data) throws -> Void
  ) throws {
    let path = file.path(percentEncoded: false)
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure(file: path, line: nil, message: "cannot be read; check that it exists and is a readable file")
    }
    defer { try? handle.close() }
    var rest = Data()
    var number = 0
    var length = 0
    while let piece = try read(handle, path: path), !piece.isEmpty {
      length += piece.count
      progress(length)
      var start = piece.startIndex
      while let end = piece[start...].firstIndex(of: 0x0A) {
        number += 1
        rest += piece[start..<end]
        try take(rest, number, body)
        rest.removeAll(keepingCapacity: true)
        start = end + 1
      }
      rest += piece[start...]
    }
    try take(rest, number + 1, body)
  }

  private static func read(_ handle: FileHandle, path: String) throws -> Data? {
    do {
      return try handle.read(upToCount: pieceLength)
    } catch {
      throw Failure(file: path, line: nil, message: "cannot be read: \(error.localizedDescription)")
    }
  }

  private static func take(_ line: Data, _ number: Int, _ body: (Int, Data) throws -> Void) throws {
    guard line.contains(where: { !isBlank($0) }) else { return }
    try body(number, line)
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}
