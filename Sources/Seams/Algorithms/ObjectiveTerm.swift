/// One summand of a training objective, with its derivative.
///
/// A term sees whole completions, one block after another, and must neither read nor write anything else: the blocks of a
/// minibatch may then be cut anywhere between completions. `TaktTesting` checks the derivative by finite differences.
public protocol ObjectiveTerm: Sendable {
  /// Returns the loss Σ_t w_t · ℓ_t without the coefficient, adds `coefficient · ∂loss/∂outputs` to the gradients, and adds
  /// what it measures to the report.
  func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double
}

/// The derivative of an objective by what the policy said of each token of a block.
public struct TokenGradients: Sendable, Hashable {
  /// ∂loss/∂log π.
  public var logProbabilities: [Double] = []
  /// ∂loss/∂H; empty where the policy gives no entropies.
  public var entropies: [Double] = []
  /// ∂loss/∂V; empty without a value head.
  public var values: [Double] = []

  /// Zeros in the shape of a block.
  public init(zerosLike tokens: TokenBlock) {
    zero(like: tokens)
  }

  mutating func zero(like tokens: TokenBlock) {
    for (column, count) in [
      (\TokenGradients.logProbabilities, tokens.count), (\.entropies, tokens.entropies.count), (\.values, tokens.values.count),
    ] {
      self[keyPath: column].resize(to: count)
      self[keyPath: column].withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }
  }
}

/// What limits how much the policy loss of each token counts, before the terms see it: corrections for rollouts that come from
/// elsewhere, and masks.
public protocol PolicyWeighting: Sendable {
  /// Scales `tokens.policyWeights`; the factors are constants to the derivative.
  func scale(_ tokens: inout TokenBlock, report: inout ObjectiveReport)
}
