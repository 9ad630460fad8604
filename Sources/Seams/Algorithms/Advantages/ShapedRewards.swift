/// An estimator whose rewards are changed first: by length, by distance from the reference policy, and by a bound.
///
/// The soft overlong punishment is added to the reward. Then, by `order`:
///
/// | | the bound `range` | the penalty −β·KL_t |
/// |---|---|---|
/// | `before` | on the reward | a reward of its token, part of the completion's when that is compared |
/// | `after` | on the advantage | −β·Σ_{s≥t} KL_s on the advantage of token t, before any whitening |
///
/// Estimators that leave rewards with their tokens, such as returns and generalised advantages, know `before` only.
package struct ShapedRewards: AdvantageEstimator {
  package var base: any AdvantageEstimator
  package var overlong: OverlongPunishment?
  /// Used where its placement is the reward.
  package var penalty: KLPenalty?
  package var range: ClosedRange<Double>?
  package var order: KLPenalty.Order

  package init(
    _ base: any AdvantageEstimator, overlong: OverlongPunishment? = nil, penalty: KLPenalty? = nil,
    range: ClosedRange<Double>? = nil, order: KLPenalty.Order? = nil
  ) {
    self.base = base
    self.overlong = overlong
    self.penalty = penalty
    self.range = range
    self.order = order ?? penalty?.order ?? .before
  }

  package var usesTokenCredits: Bool { base.usesTokenCredits }
  package var placesTokenRewards: Bool { base.placesTokenRewards }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] { finished(comparisons(for: batch), for: batch) }

  package func comparisons(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let compared = base.comparisons(for: shaped(batch))
    guard joinsLater else { return compared }
    return zip(batch.groups, compared).map { group, credits in zip(group, credits).map(joined) }
  }

  package func finished(_ comparisons: [[AdvantageEstimate]], for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    base.finished(comparisons, for: shaped(batch))
  }

  private var joinsLater: Bool { order == .after && !base.placesTokenRewards }

  private func shaped(_ batch: EstimatorBatch) -> EstimatorBatch {
    var shaped = batch
    shaped.groups = batch.groups.map { group in group.map(shape) }
    return shaped
  }

  func shape(_ input: EstimatorInput) -> EstimatorInput {
    guard let reward = input.reward else { return input }
    var input = input
    var shaped = reward
    if let overlong { shaped += overlong.reward(length: input.tokenCount) }
    if let range, !joinsLater { shaped = min(max(shaped, range.lowerBound), range.upperBound) }
    if let credits = input.tokenCredits, shaped != reward { input.tokenCredits = credits.map { $0 + (shaped - reward) } }
    input.reward = shaped
    input.shaping = shaped - reward
    let penalties = joinsLater ? [] : penalties(of: input)
    if !penalties.isEmpty { input.tokenRewards = penalties }
    return input
  }

  /// The bound and the penalty, on the advantages of a completion that was compared without them.
  private func joined(_ input: EstimatorInput, _ credit: AdvantageEstimate) -> AdvantageEstimate {
    guard input.reward != nil else { return credit }
    var credit = credit
    if let range { credit.advantages = credit.advantages.map { min(max($0, range.lowerBound), range.upperBound) } }
    var sum = 0.0
    for (token, penalty) in penalties(of: input).enumerated().reversed() {
      sum += penalty
      credit.advantages[token] += sum
    }
    return credit
  }

  /// −β·KL_t, one a token; empty without a penalty in the reward.
  private func penalties(of input: EstimatorInput) -> [Double] {
    guard let penalty, penalty.placement == .reward, let reference = input.referenceLogProbabilities else { return [] }
    return penalty.rewards(policy: input.behaviorLogProbabilities, reference: reference)
  }
}
