/// An estimator whose rewards are changed first: by length, by distance from the reference policy, and by a bound.
///
/// In this order: the soft overlong punishment is added to the reward, the penalty −β·KL_t becomes a reward of each token, and
/// last the reward of the whole is held within `range`.
public struct ShapedRewards: AdvantageEstimator {
  public var base: any AdvantageEstimator
  public var overlong: OverlongPunishment?
  /// Used where its placement is the reward.
  public var penalty: KLPenalty?
  public var range: ClosedRange<Double>?

  public init(
    _ base: any AdvantageEstimator, overlong: OverlongPunishment? = nil, penalty: KLPenalty? = nil,
    range: ClosedRange<Double>? = nil
  ) {
    self.base = base
    self.overlong = overlong
    self.penalty = penalty
    self.range = range
  }

  public var usesTokenCredits: Bool { base.usesTokenCredits }

  public func credits(for batch: CreditBatch) -> [[Credit]] {
    var shaped = batch
    shaped.groups = batch.groups.map { group in group.map(shape) }
    return base.credits(for: shaped)
  }

  func shape(_ input: CreditInput) -> CreditInput {
    guard let reward = input.reward else { return input }
    var input = input
    var shaped = reward
    if let overlong { shaped += overlong.reward(length: input.tokenCount) }
    if let range { shaped = min(max(shaped, range.lowerBound), range.upperBound) }
    if let credits = input.tokenCredits, shaped != reward { input.tokenCredits = credits.map { $0 + (shaped - reward) } }
    input.reward = shaped
    if let penalty, penalty.placement == .reward, let reference = input.referenceLogProbabilities {
      input.tokenRewards = penalty.rewards(policy: input.behaviorLogProbabilities, reference: reference)
    }
    return input
  }
}
