/// What a log could not do, with the remedy in its message.
public struct RunLogError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private enum Storage { case unreadable, unwritable, damaged }
    private let storage: Storage
    /// A file that cannot be opened or read.
    public static let unreadable = Code(storage: .unreadable)
    /// A file that cannot be created or written, such as on a full disk.
    public static let unwritable = Code(storage: .unwritable)
    /// A file that is no log, or one that something else has changed.
    public static let damaged = Code(storage: .damaged)
  }

  public let code: Code
  public let path: String
  public let message: String
  public let cause: (any Error)?

  public init(_ code: Code, path: String, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.path = path
    self.message = message
    self.cause = cause
  }

  public var description: String { "\(path): \(message)" + (cause.map { " (\($0))" } ?? "") }
}
