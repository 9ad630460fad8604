/// What a rollout store could not do, with the remedy in its message.
public struct RolloutStoreError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private enum Storage { case unreadable, unwritable, foreign, damaged }
    private let storage: Storage
    /// A file that cannot be opened or read.
    public static let unreadable = Code(storage: .unreadable)
    /// A file that cannot be created or written, such as on a full disk.
    public static let unwritable = Code(storage: .unwritable)
    /// A file that is no rollout store, or one of another version.
    public static let foreign = Code(storage: .foreign)
    /// A record that was changed after it was written; the records before it are intact.
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
