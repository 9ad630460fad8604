public import Files
import Foundation

extension JSONLines {
  /// What one piece of a file gave, with its lines counted from 1, the last one first.
  @usableFromInline
  struct Piece<Result: Sendable, Scratch: Sendable>: Sendable {
    @usableFromInline var results: [(line: Int, result: Result)] = []
    /// Why reading ended on this line.
    @usableFromInline var fault: (line: Int, error: any Error)?
    /// Lines in the piece.
    @usableFromInline var count = 0
    @usableFromInline var scratch: Scratch

    @inlinable
    init(_ scratch: Scratch) {
      self.scratch = scratch
    }
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
  /// Pieces of the file do not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - scratch: what `work` may write to, a copy for each piece.
  ///   - work: is called on any thread with each value, or with what is wrong with its line.
  ///   - finish: is called on the calling thread with what was written of a piece, after `body` took all its results or threw.
  ///   - body: is called with each result and its line on the calling thread.
  /// Throws ``Failure`` where the file cannot be read or `work` throws a ``Refusal``, and whatever else they throw.
  @inlinable
  package static func read<Value: TapeReadable, Result: Sendable, Scratch: Sendable>(
    _ type: Value.Type, at path: String, forms: QuestionForms = QuestionForms(), threads: Int = processorThreads,
    progress: (Int) -> Void = { _ in }, scratch: Scratch,
    work: @escaping @Sendable (Swift.Result<Value, Refusal>, inout Scratch) throws -> Result,
    finish: (Scratch) throws -> Void = { _ in }, body: (consuming Result, Int) throws -> Void
  ) throws {
    var pieces = try Self.pieces(of: path)
    var base = 0
    let ordered = OrderedWork<LinePiece, Piece<Result, Scratch>>(threads: threads) { lines in
      let reader = TapeReader(forms: forms)
      var piece = Piece<Result, Scratch>(scratch)
      piece.count = lines.forEachLine { number, line in
        do {
          piece.results.append((number, try work(reader.result(type, from: line), &piece.scratch)))
          return true
        } catch {
          piece.fault = (number, error)
          return false
        }
      }
      piece.results.reverse()
      return piece
    }
    try ordered.run {
      let piece = try Self.next(&pieces, of: path)
      if piece != nil { progress(pieces.length) }
      return piece
    } body: { piece in
      var piece = piece
      do {
        // What is taken off the end is moved, not copied.
        while let (line, result) = piece.results.popLast() { try body(result, base + line) }
      } catch {
        try? finish(piece.scratch)
        throw error
      }
      try finish(piece.scratch)
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
    _ type: Value.Type, at path: String, forms: QuestionForms = QuestionForms(), progress: (Int) -> Void = { _ in },
    _ body: (consuming Value, Int) throws -> Void
  ) throws {
    try read(type, at: path, forms: forms, progress: progress, scratch: (), work: { value, _ in try value.get() }, body: body)
  }

  /// Calls `body` with each value and its line, and `refuse` for each line that is no such value or for which `body` throws a
  /// ``Refusal``.
  @inlinable
  package static func read<Value: TapeReadable>(
    _ type: Value.Type, at path: String, forms: QuestionForms = QuestionForms(), refuse: (Failure) throws -> Void,
    _ body: (_ line: Int, Value) throws -> Void
  ) throws {
    try read(type, at: path, forms: forms, scratch: (), work: { value, _ in value }) { value, line in
      do {
        try body(line, try value.get())
      } catch let refusal as Refusal {
        try refuse(Failure(file: path, line: line, message: refusal.description))
      }
    }
  }
}
