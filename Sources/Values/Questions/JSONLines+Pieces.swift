public import Files
import Foundation

extension JSONLines {
  /// What one piece of a file gave, with its lines counted from 1.
  @usableFromInline
  struct Piece<Result: Sendable>: Sendable {
    @usableFromInline var results: [(line: Int, result: Result, written: Int)] = []
    /// Why reading ended on this line.
    @usableFromInline var fault: (line: Int, error: any Error)?
    /// Lines in the piece.
    @usableFromInline var count = 0
    @usableFromInline var bytes = JSONBytes()

    @inlinable
    init() {}
  }

  /// Opens a file, as pieces.
  @usableFromInline
  static func pieces(of path: String) throws -> LinePieces {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure(file: path, line: nil, message: "cannot be read; check that it exists and is a readable file")
    }
    return LinePieces(handle)
  }

  @usableFromInline
  static func next(_ pieces: inout LinePieces, of path: String) throws -> LinePiece? {
    do {
      return try pieces.next()
    } catch {
      throw Failure(file: path, line: nil, message: "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Reads the values of a file in parallel, and hands out what `work` makes of them in the order of the lines.
  ///
  /// - Parameters:
  ///   - work: is called on any thread with each value, or with what is wrong with its line, and may write bytes.
  ///   - write: is called on the calling thread with what was written, in order and without what belongs to lines behind one that throws.
  ///   - body: is called with each result and its line on the calling thread.
  /// Throws ``Failure`` where the file cannot be read or `work` throws a ``Refusal``, and whatever else they throw.
  @inlinable
  package static func read<Value: TapeReadable, Result: Sendable>(
    _ type: Value.Type, at path: String, forms: QuestionForms = QuestionForms(), threads: Int = processorThreads,
    progress: (Int) -> Void = { _ in },
    work: @escaping @Sendable (Swift.Result<Value, Refusal>, inout JSONBytes) throws -> Result,
    write: (ArraySlice<UInt8>) throws -> Void = { _ in }, _ body: (Result, Int) throws -> Void
  ) throws {
    var pieces = try Self.pieces(of: path)
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
      let piece = try Self.next(&pieces, of: path)
      if piece != nil { progress(pieces.length) }
      return piece
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
  @inlinable
  package static func read<Value: TapeReadable>(
    _ type: Value.Type, at path: String, forms: QuestionForms = QuestionForms(),
    progress: (Int) -> Void = { _ in }, _ body: (Value, Int) throws -> Void
  ) throws {
    try read(type, at: path, forms: forms, progress: progress, work: { value, _ in try value.get() }) {
      try body($0, $1)
    }
  }

  /// Calls `body` with each value and its line, and `refuse` for each line that is no such value or for which `body` throws a
  /// ``Refusal``.
  @inlinable
  package static func read<Value: TapeReadable>(
    _ type: Value.Type, at path: String, forms: QuestionForms = QuestionForms(),
    refuse: (Failure) throws -> Void, _ body: (_ line: Int, Value) throws -> Void
  ) throws {
    try read(type, at: path, forms: forms, work: { value, _ in value }) { value, line in
      do {
        try body(line, try value.get())
      } catch let refusal as Refusal {
        try refuse(Failure(file: path, line: line, message: refusal.description))
      }
    }
  }
}
