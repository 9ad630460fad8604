/// Why a run cannot start or go on, with the remedy.
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  package struct Code: Sendable, Hashable {
    private enum Storage { case unmetRequirement, drift, nonFinite, badCheckpoint, noData }
    private let storage: Storage
    /// The algorithm needs what the policy or the run does not offer.
    package static let unmetRequirement = Code(storage: .unmetRequirement)
    /// Sampled and recomputed log-probabilities differ: `sample` and `outputs` mean two distributions.
    package static let drift = Code(storage: .drift)
    /// A loss that is not a finite number.
    package static let nonFinite = Code(storage: .nonFinite)
    /// A checkpoint that cannot be read, or that is of another run.
    package static let badCheckpoint = Code(storage: .badCheckpoint)
    /// A source that gave nothing to learn from.
    package static let noData = Code(storage: .noData)
  }

  package let code: Code
  public let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
