/// A file that could not be read, written or understood, and why, with the remedy in its message.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  package struct Code: Sendable, Hashable {
    private enum Storage { case unreadable, unwritable, foreign, damaged, unfit }
    private let storage: Storage
    /// A file that cannot be opened or read.
    package static let unreadable = Code(storage: .unreadable)
    /// A file that cannot be created or written, such as on a full disk.
    package static let unwritable = Code(storage: .unwritable)
    /// A file of another kind, or of another version of its format.
    package static let foreign = Code(storage: .foreign)
    /// A file that was cut off, or that something else has changed since it was written.
    package static let damaged = Code(storage: .damaged)
    /// A file that is whole and says what is not allowed here; also where nobody asks which of these it is.
    package static let unfit = Code(storage: .unfit)
  }

  package let code: Code
  public let path: String
  /// Counted from 1.
  public let line: Int?
  public let message: String

  /// The cause, where there is one, follows the message in parentheses.
  package init(_ code: Code, path: String, line: Int? = nil, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.path = path
    self.line = line
    self.message = message + (cause.map { " (\($0))" } ?? "")
  }

  package init(path: String, line: Int? = nil, message: String) {
    self.init(.unfit, path: path, line: line, message)
  }

  public var description: String { (line.map { "\(path):\($0)" } ?? path) + ": \(message)" }
}
