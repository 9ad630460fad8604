/// What an estimator sees of one completion.
public struct EstimatorInput: Sendable, Hashable {
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
  /// Credit finer than the completion, one number a token in units of reward; `nil` where the reward speaks of the whole only.
  ///
  /// A token carries what the span that it belongs to earned, such as one interval of an answer; tokens outside every span
  /// carry `reward`.
  public var tokenCredits: [Double]?
  /// Reward that single tokens earn on top of the completion's, such as a penalty on the distance from the reference policy;
  /// empty for none.
  public var tokenRewards: [Double] = []
  /// By how much `reward` differs from the weighted sum of the components because of the completion's length or a bound.
  public var shaping = 0.0

  public var tokenCount: Int { behaviorLogProbabilities.count }

  /// The completion's reward with that of its tokens; `nil` where no component applied.
  public var totalReward: Double? { reward.map { tokenRewards.isEmpty ? $0 : $0 + tokenRewards.reduce(0, +) } }

  public init(
    reward: Double?, components: [Double?] = [], values: [Float] = [], behaviorLogProbabilities: [Float],
    referenceLogProbabilities: [Float]? = nil, isTruncated: Bool = false, tokenCredits: [Double]? = nil
  ) {
    precondition(tokenCredits.map { $0.count == behaviorLogProbabilities.count } ?? true, "one credit a token, or none")
    self.reward = reward
    self.components = components
    self.values = values
    self.behaviorLogProbabilities = behaviorLogProbabilities
    self.referenceLogProbabilities = referenceLogProbabilities
    self.isTruncated = isTruncated
    self.tokenCredits = tokenCredits
  }
}

/// A whole batch of rollouts, grouped by prompt.
public struct EstimatorBatch: Sendable, Hashable {
  public var groups: [[EstimatorInput]]
  /// The weight of each component in the composed reward.
  public var componentWeights: [Double]
  /// For each group the reward of the likeliest completion, where the algorithm asked for one; empty otherwise.
  public var greedyRewards: [Double?]

  public init(groups: [[EstimatorInput]], componentWeights: [Double] = [], greedyRewards: [Double?] = []) {
    precondition(greedyRewards.isEmpty || greedyRewards.count == groups.count, "one greedy reward a group, or none")
    self.groups = groups
    self.componentWeights = componentWeights
    self.greedyRewards = greedyRewards
  }
}

/// How much better each token was than expected, and what the value head should have said.
public struct AdvantageEstimate: Sendable, Hashable {
  public var advantages: [Double]
  /// As many as `advantages`; empty where the algorithm has no value head.
  public var returns: [Double]

  public init(advantages: [Double], returns: [Double] = []) {
    self.advantages = advantages
    self.returns = returns
  }

  /// One advantage for every token.
  public init(uniform advantage: Double, count: Int) {
    self.init(advantages: [Double](repeating: advantage, count: count))
  }
}

/// Spreads the rewards of a batch over its tokens.
public protocol AdvantageEstimator: Sendable {
  /// One credit a completion, in the shape of `batch.groups`; statistics in `Double`; a tied group has advantage exactly 0.
  func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]]

  /// The advantages before anything is done to those of the whole batch, such as whitening; by default `estimates`.
  func comparisons(for batch: EstimatorBatch) -> [[AdvantageEstimate]]

  /// What is done to the advantages of the whole batch; by default nothing.
  func finished(_ comparisons: [[AdvantageEstimate]], for batch: EstimatorBatch) -> [[AdvantageEstimate]]

  /// Whether it spreads ``EstimatorInput/tokenCredits`` over the tokens; false ignores them, which a run should say.
  var usesTokenCredits: Bool { get }

  /// Whether rewards of single tokens stay with their token and those before it, rather than join the completion's.
  var placesTokenRewards: Bool { get }
}

extension AdvantageEstimator {
  public func comparisons(for batch: EstimatorBatch) -> [[AdvantageEstimate]] { estimates(for: batch) }
  public func finished(_ comparisons: [[AdvantageEstimate]], for batch: EstimatorBatch) -> [[AdvantageEstimate]] { comparisons }
  public var usesTokenCredits: Bool { false }
  public var placesTokenRewards: Bool { false }
}
