/// What a tracking server refused or could not be asked, with the remedy.
package struct MLflowError: Error, Sendable, CustomStringConvertible {
  package struct Code: Sendable, Hashable {
    private enum Storage { case unreachable, refused, missing, unreadable, unwritable }
    private let storage: Storage
    /// No server answers.
    package static let unreachable = Code(storage: .unreachable)
    /// The server answers with an error.
    package static let refused = Code(storage: .refused)
    /// The server knows no such experiment or run.
    package static let missing = Code(storage: .missing)
    /// An answer that is none of MLflow's.
    package static let unreadable = Code(storage: .unreadable)
    /// The file that remembers the run cannot be written.
    package static let unwritable = Code(storage: .unwritable)
  }

  package let code: Code
  package let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
