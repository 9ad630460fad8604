package import Foundation

extension JSONLines {
  /// Why one value of a file is refused; who reads adds file and line.
  @usableFromInline
  package struct Refusal: Error, Sendable, CustomStringConvertible {
    @usableFromInline package var description: String

    @usableFromInline
    package init(_ description: String) {
      self.description = description
    }
  }

  /// Calls `body` with each value and its line, counted from 1, and `refuse` for each line that is no such value or for which `body`
  /// throws a ``Refusal``.
  ///
  /// Goes on with the next line where `refuse` returns. Throws `Failure` where the file cannot be read, and whatever `refuse` throws.
  package static func read<Value: Decodable>(
    _ type: Value.Type, from file: URL, forms: QuestionForms = QuestionForms(), refuse: (Failure) throws -> Void,
    _ body: (_ line: Int, Value) throws -> Void
  ) throws {
    let path = file.path(percentEncoded: false)
    try lines(of: file) { number, line in
      do {
        try body(number, try decode(type, from: line, forms: forms))
      } catch let refusal as Refusal {
        try refuse(Failure(file: path, line: number, message: refusal.description))
      } catch let error as DecodingError {
        try refuse(Failure(file: path, line: number, message: message(for: error, in: line)))
      }
    }
  }
}
