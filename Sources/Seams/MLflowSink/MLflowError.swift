/// What a tracking server refused or could not be asked, with the remedy.
public struct MLflowError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private enum Storage { case unreachable, refused, missing, unreadable, unwritable }
    private let storage: Storage
    /// No server answers.
    public static let unreachable = Code(storage: .unreachable)
    /// The server answers with an error.
    public static let refused = Code(storage: .refused)
    /// The server knows no such experiment or run.
    public static let missing = Code(storage: .missing)
    /// An answer that is none of MLflow's.
    public static let unreadable = Code(storage: .unreadable)
    /// The file that remembers the run cannot be written.
    public static let unwritable = Code(storage: .unwritable)
  }

  public let code: Code
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
