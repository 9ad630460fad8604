/// The batch of rollouts that a minibatch was cut from.
public struct BatchExtent: Sendable, Hashable {
  /// Tokens that count, over all minibatches.
  public var tokens: Int
  public var minibatches: Int

  public init(tokens: Int, minibatches: Int) {
    self.tokens = tokens
    self.minibatches = minibatches
  }
}

/// How much each token's loss counts in the sum over a minibatch.
public protocol LossAggregation: Sendable {
  /// The weight of every token of each sequence, over the whole minibatch before it is cut into microbatches: gradient
  /// accumulation is then exact.
  ///
  /// A sequence without tokens is legal; what its weight is does not matter. `batch` is what the minibatch was cut from, where
  /// that is known.
  func tokenWeights(sequenceLengths: [Int], of batch: BatchExtent?) -> [Double]
}

extension LossAggregation {
  /// One weight a token, sequence after sequence.
  public func weights(sequenceLengths: [Int], of batch: BatchExtent? = nil) -> [Float] {
    var weights: [Float] = []
    weights.reserveCapacity(sequenceLengths.reduce(0, +))
    for (weight, length) in zip(tokenWeights(sequenceLengths: sequenceLengths, of: batch), sequenceLengths) {
      weights.append(contentsOf: repeatElement(Float(weight), count: length))
    }
    return weights
  }
}

/// Whether completions without tokens, such as masked ones, count in a mean over completions.
public enum EmptySequences: String, Sendable, Hashable, CaseIterable {
  /// They count with loss 0: masking one completion leaves the others' weights alone.
  case counted
  /// They do not: the rest are weighted up.
  case leftOut = "left-out"

  func count(_ lengths: [Int]) -> Double {
    Double(max(self == .counted ? lengths.count : lengths.count { $0 > 0 }, 1))
  }
}
