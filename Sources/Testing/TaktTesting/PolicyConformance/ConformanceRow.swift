/// One promise of a policy with what became of it.
public struct ConformanceRow: Sendable, Hashable {
  /// The promise, such as `a frozen copy does not move`.
  public var promise: String
  /// What was seen that is not so; empty where it is kept, or was not looked at.
  public var failures: [ConformanceFailure]
  /// Why it was not looked at, and what would let it be; `nil` where it was.
  public var omission: String?

  public init(_ promise: String, failures: [ConformanceFailure] = [], omission: String? = nil) {
    self.promise = promise
    self.failures = failures
    self.omission = omission
  }
}
