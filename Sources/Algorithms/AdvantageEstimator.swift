/// What an estimator sees of one completion.
public struct CreditInput: Sendable, Hashable {
  /// The composed reward; `nil` where no component applied: such a completion has advantage 0 and leaves its group's
  /// statistics alone.
  public var reward: Double?
  /// Each component's score before its weight.
  public var components: [Double?]
  /// The value head's estimate before each token; empty without a value head.
  public var values: [Float]
  /// Nats, when the tokens were sampled.
  public var behaviorLogProbabilities: [Float]
  /// Nats, under the reference policy; `nil` without one.
  public var referenceLogProbabilities: [Float]?
  public var isTruncated: Bool

  public var tokenCount: Int { behaviorLogProbabilities.count }

  public init(
    reward: Double?, components: [Double?] = [], values: [Float] = [], behaviorLogProbabilities: [Float],
    referenceLogProbabilities: [Float]? = nil, isTruncated: Bool = false
  ) {
    self.reward = reward
    self.components = components
    self.values = values
    self.behaviorLogProbabilities = behaviorLogProbabilities
    self.referenceLogProbabilities = referenceLogProbabilities
    self.isTruncated = isTruncated
  }
}

/// A whole batch of rollouts, grouped by prompt.
public struct CreditBatch: Sendable, Hashable {
  public var groups: [[CreditInput]]
  /// The weight of each component in the composed reward.
  public var componentWeights: [Double]

  public init(groups: [[CreditInput]], componentWeights: [Double] = []) {
    self.groups = groups
    self.componentWeights = componentWeights
  }
}

/// How much better each token was than expected, and what the value head should have said.
public struct Credit: Sendable, Hashable {
  public var advantages: [Double]
  /// As many as `advantages`; empty where the algorithm has no value head.
  public var returns: [Double]

  public init(advantages: [Double], returns: [Double] = []) {
    self.advantages = advantages
    self.returns = returns
  }
}

/// Spreads the rewards of a batch over its tokens.
public protocol AdvantageEstimator: Sendable {
  /// One credit a completion, in the shape of `batch.groups`; statistics in `Double`; a tied group has advantage exactly 0.
  func credits(for batch: CreditBatch) -> [[Credit]]
}
