/// What a policy could not do, with the remedy in its message.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private enum Storage { case badPrompt, badCompletion, badCheckpoint, nonFinite, stateLost, backendFailure }
    private let storage: Storage
    /// A prompt that the policy cannot take: too long, or with words that it does not know.
    public static let badPrompt = Code(storage: .badPrompt)
    /// Tokens outside the vocabulary, or text that it cannot write.
    public static let badCompletion = Code(storage: .badCompletion)
    /// Bytes that are no checkpoint of this policy.
    public static let badCheckpoint = Code(storage: .badCheckpoint)
    /// An output, loss or gradient that is not a finite number.
    public static let nonFinite = Code(storage: .nonFinite)
    /// What the policy held is gone, and another can go on from a checkpoint: its process was started anew.
    public static let stateLost = Code(storage: .stateLost)
    /// Anything that failed in the backend; see `cause`.
    public static let backendFailure = Code(storage: .backendFailure)
  }

  public let code: Code
  public let message: String
  public let cause: (any Error)?

  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  public var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
