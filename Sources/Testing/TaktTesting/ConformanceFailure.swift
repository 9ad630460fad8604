/// A promise that an implementation does not keep.
///
/// The checks return the failures instead of asserting, so that they work in any test framework:
///
///     #expect(await policyConformanceFailures(policy, prompts: [0, 1]).isEmpty)
public struct ConformanceFailure: Sendable, Hashable, CustomStringConvertible {
  /// The promise, such as `frozen copy does not move`.
  public var promise: String
  /// What was seen instead.
  public var observation: String

  public init(_ promise: String, _ observation: String) {
    self.promise = promise
    self.observation = observation
  }

  public var description: String { "\(promise): \(observation)" }
}
