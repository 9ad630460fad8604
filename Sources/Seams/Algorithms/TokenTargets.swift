/// What an objective sees of a batch: numbers a token, completion after completion, and nothing of the prompts.
///
/// Columns that the objective does not read may be empty: supervised fine-tuning needs only `sequences` and `weights`.
public struct TokenTargets: Sendable, Hashable {
  /// The tokens of each completion, in order, without gaps from 0.
  package var sequences: [Range<Int>]
  /// Log-probability of each token under the policy that sampled it, in nats: the denominator of the ratio.
  package var behaviorLogProbabilities: [Float]
  /// The same under the reference policy; `nil` without one.
  package var referenceLogProbabilities: [Float]?
  /// The same as the engine that sampled reported it, where that is not the policy itself and `behaviorLogProbabilities` were
  /// computed again by the policy; `nil` where the policy sampled.
  package var samplerLogProbabilities: [Float]?
  /// Values when the tokens were sampled; empty without a value head.
  package var behaviorValues: [Float]
  package var advantages: [Float]
  /// What the value head should have said; empty without a value head.
  package var returns: [Float]
  /// What each token's loss is multiplied by before the sum: the aggregation over the whole minibatch.
  package var weights: [Float]
  /// The same for the entropy bonus, where it has an aggregation of its own; empty where `weights` count.
  package var entropyWeights: [Float]
  /// The same for the penalty on the distance from the reference policy.
  package var penaltyWeights: [Float]

  package init(
    sequences: [Range<Int>], behaviorLogProbabilities: [Float], referenceLogProbabilities: [Float]? = nil,
    samplerLogProbabilities: [Float]? = nil, behaviorValues: [Float] = [], advantages: [Float], returns: [Float] = [],
    weights: [Float], entropyWeights: [Float] = [], penaltyWeights: [Float] = []
  ) {
    self.sequences = sequences
    self.behaviorLogProbabilities = behaviorLogProbabilities
    self.referenceLogProbabilities = referenceLogProbabilities
    self.samplerLogProbabilities = samplerLogProbabilities
    self.behaviorValues = behaviorValues
    self.advantages = advantages
    self.returns = returns
    self.weights = weights
    self.entropyWeights = entropyWeights
    self.penaltyWeights = penaltyWeights
  }
}
