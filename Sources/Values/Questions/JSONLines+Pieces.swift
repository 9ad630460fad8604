package import Files
package import Foundation

extension JSONLines {
  /// What one piece of a file gave, with its lines counted from 1.
  private struct Piece<Result: Sendable>: Sendable {
    var results: [(line: Int, result: Result, written: Int)] = []
    /// Why reading ended on this line.
    var fault: (line: Int, error: any Error)?
    /// Lines in the piece.
    var count = 0
    var bytes = JSONBytes()
  }

  /// Reads the values of a file in parallel, and hands out what `work` makes of them in the order of the lines.
  ///
  /// - Parameters:
  ///   - work: is called on any thread with each value, or with what is wrong with its line, and may write bytes.
  ///   - write: is called on the calling thread with what was written, in order and without what belongs to lines behind one that throws.
  ///   - body: is called with each result and its line on the calling thread.
  /// Throws ``Failure`` where the file cannot be read or `work` throws a ``Refusal``, and whatever else they throw.
  package static func read<Value: TapeReadable, Result: Sendable>(
    _ type: Value.Type, from file: URL, forms: QuestionForms = QuestionForms(), threads: Int = processorThreads,
    progress: (Int) -> Void = { _ in },
    work: @escaping @Sendable (Swift.Result<Value, Refusal>, inout JSONBytes) throws -> Result,
    write: (ArraySlice<UInt8>) throws -> Void = { _ in }, _ body: (Result, Int) throws -> Void
  ) throws {
    let path = file.path(percentEncoded: false)
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure(file: path, line: nil, message: "cannot be read; check that it exists and is a readable file")
    }
    defer { try? handle.close() }
    var pieces = LinePieces(handle)
    var base = 0
    let ordered = OrderedWork<LinePiece, Piece<Result>>(threads: threads) { lines in
      let reader = TapeReader(forms: forms)
      var piece = Piece<Result>()
      piece.count = lines.forEachLine { number, line in
        do {
          let result = try work(reader.result(type, from: line), &piece.bytes)
          piece.results.append((number, result, piece.bytes.bytes.count))
          return true
        } catch {
          piece.fault = (number, error)
          return false
        }
      }
      return piece
    }
    try ordered.run {
      do {
        guard let piece = try pieces.next() else { return nil }
        progress(pieces.length)
        return piece
      } catch {
        throw Failure(file: path, line: nil, message: "cannot be read: \(error.localizedDescription)")
      }
    } body: { piece in
      var written = 0
      do {
        for (line, result, end) in piece.results {
          try body(result, base + line)
          written = end
        }
      } catch {
        try? write(piece.bytes.bytes[..<written])
        throw error
      }
      try write(piece.bytes.bytes[..<written])
      if let (line, error) = piece.fault {
        guard let refusal = error as? Refusal else { throw error }
        throw Failure(file: path, line: base + line, message: refusal.description)
      }
      base += piece.count
    }
  }

  /// Calls `body` with each value and the number of its line, counted from 1, in order; `progress` with the bytes that have been read.
  package static func read<Value: TapeReadable>(
    _ type: Value.Type, from file: URL, forms: QuestionForms = QuestionForms(), threads: Int = processorThreads,
    progress: (Int) -> Void = { _ in }, _ body: (Value, Int) throws -> Void
  ) throws {
    try read(type, from: file, forms: forms, threads: threads, progress: progress, work: { value, _ in try value.get() }) {
      try body($0, $1)
    }
  }

  /// All values of a file.
  package static func read<Value: TapeReadable>(_ type: Value.Type, from file: URL) throws -> [Value] {
    var values: [Value] = []
    try read(type, from: file) { value, _ in values.append(value) }
    return values
  }

  /// Calls `body` with each value and its line, and `refuse` for each line that is no such value or for which `body` throws a
  /// ``Refusal``.
  package static func read<Value: TapeReadable>(
    _ type: Value.Type, from file: URL, forms: QuestionForms = QuestionForms(), threads: Int = processorThreads,
    refuse: (Failure) throws -> Void, _ body: (_ line: Int, Value) throws -> Void
  ) throws {
    let path = file.path(percentEncoded: false)
    try read(type, from: file, forms: forms, threads: threads, work: { value, _ in value }) { value, line in
      do {
        try body(line, try value.get())
      } catch let refusal as Refusal {
        try refuse(Failure(file: path, line: line, message: refusal.description))
      }
    }
  }
}
