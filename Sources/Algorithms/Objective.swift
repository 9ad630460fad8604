public import Policies
public import Rollouts

/// One summand of a training objective, with its derivative.
public protocol ObjectiveTerm: Sendable {
  /// Returns the loss Σ_t w_t · ℓ_t without the coefficient, adds `coefficient · ∂loss/∂outputs` to the cotangents, and adds
  /// what it measures to the report.
  func accumulate(
    _ outputs: TokenOutputs, _ targets: TokenTargets, coefficient: Double, into cotangents: inout TokenCotangents,
    report: inout ObjectiveReport
  ) -> Double
}

/// A weighted sum of terms.
public struct Objective: Sendable {
  public struct Summand: Sendable {
    public var coefficient: Double
    public var term: any ObjectiveTerm
  }

  public let summands: [Summand]

  public init(_ summands: [(coefficient: Double, term: any ObjectiveTerm)]) {
    self.summands = summands.map { Summand(coefficient: $0.coefficient, term: $0.term) }
  }

  /// The loss with its derivative by each output.
  public func evaluate(_ outputs: TokenOutputs, _ targets: TokenTargets) -> (cotangents: TokenCotangents, report: ObjectiveReport) {
    var cotangents = TokenCotangents(zerosLike: outputs)
    var report = ObjectiveReport()
    for summand in summands {
      report.loss +=
        summand.coefficient
        * summand.term.accumulate(outputs, targets, coefficient: summand.coefficient, into: &cotangents, report: &report)
    }
    return (cotangents, report)
  }
}
