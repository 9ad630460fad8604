/// How much each token's loss counts in the sum over a minibatch.
public protocol LossAggregation: Sendable {
  /// One weight a token, sequence after sequence, over the whole minibatch, before it is cut into microbatches: gradient
  /// accumulation is then exact.
  func weights(sequenceLengths: [Int]) -> [Float]
}
