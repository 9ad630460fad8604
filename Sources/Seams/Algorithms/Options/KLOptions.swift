import Options

/// The penalty on the distance from a reference policy; what is not given is the algorithm's or the profile's choice.
public struct KLOptions: Sendable, Hashable {
  var coefficient: Double?
  var placement: KLPenalty.Placement?
  var order: KLPenalty.Order?
  var estimator: KLEstimator?
  var differenceLimit: Double?
  var estimateLimit: Double?
  var limits: KLClamp.Scope?
  var importance: ReferenceKL.Importance?
  var followsCorrection: Bool?
  var target: Double?
  var horizon: Double?
  var aggregation: TermAggregation?

  /// A penalty of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - coefficient: β, 0…100; 0 needs no reference policy. Default 0, of ms-swift 0.04, of OpenRLHF and NeMo-RL 0.01.
  ///   - placement: A term of the `loss` or a `reward` of each token. Each algorithm has its paper's.
  ///   - order: In the reward: `before` completions are compared, or `after`, token by token. Default `before`, of OpenRLHF `after`.
  ///   - estimator: The estimate of KL(π ‖ π_ref) (Schulman 2020). Default k3 in the loss and k1 in the reward.
  ///   - differenceLimit: Bound on |log π_ref − log π|, 0…80 nats; 0 is none. Default 20, of TRL and OpenRLHF none.
  ///   - estimateLimit: Bound on the estimate's magnitude, 0…10⁶ nats; 0 is none. Default 10, of TRL none.
  ///   - limits: Which estimates those bounds hold. Default `all`, of verl `exponential`.
  ///   - importance: What the estimate is multiplied by (DeepSeek-V3.2 2025, §3.1). Default `none`.
  ///   - followsCorrection: Whether corrections of the policy loss scale the penalty too. Default false, of ms-swift true.
  ///   - target: The KL that β adapts to, 0…100 nats; 0 keeps β fixed (Ziegler et al. 2019, §2.2). Default 0.
  ///   - horizon: The pace of adapting, 1…10⁹ completions. Default 10,000.
  ///   - aggregation: Averaged as the policy loss, or over tokens whatever that is. Default `loss`, of OpenRLHF `tokenMean`.
  public init(
    coefficient: Double? = nil, placement: KLPenalty.Placement? = nil, order: KLPenalty.Order? = nil,
    estimator: KLEstimator? = nil, differenceLimit: Double? = nil, estimateLimit: Double? = nil, limits: KLClamp.Scope? = nil,
    importance: ReferenceKL.Importance? = nil, followsCorrection: Bool? = nil, target: Double? = nil, horizon: Double? = nil,
    aggregation: TermAggregation? = nil
  ) {
    self.coefficient = coefficient
    self.placement = placement
    self.order = order
    self.estimator = estimator
    self.differenceLimit = differenceLimit
    self.estimateLimit = estimateLimit
    self.limits = limits
    self.importance = importance
    self.followsCorrection = followsCorrection
    self.target = target
    self.horizon = horizon
    self.aggregation = aggregation
  }

  /// `own` is where the algorithm's paper puts the penalty, and the estimate that it has in the loss.
  func penalty(
    _ options: inout OptionReader, _ choices: ProfileChoices, own: (placement: KLPenalty.Placement?, estimator: KLEstimator?)
  ) -> (KLPenalty, aggregation: (any LossAggregation)?) {
    options.section("kl") { options in
      let coefficient = options.number(
        "coefficient", default: coefficient ?? choices.klCoefficient, in: 0...100, help: "β; 0 needs no reference")
      let placement = options.choice(
        "placement", default: placement ?? choices.klPlacement ?? own.placement ?? .loss, help: "loss or reward")
      let order = options.choice(
        "order", default: order ?? choices.klOrder,
        help: "in the reward: before completions are compared, or after, token by token")
      let clamp = clamp(&options, choices)
      let term = ReferenceKL(
        estimator: options.choice(
          "estimator", default: estimator ?? (placement == .reward ? .k1 : choices.klEstimator ?? own.estimator ?? .k3),
          help: "estimate of KL(policy ‖ reference)"),
        clamp: clamp,
        importance: options.choice(
          "importance", default: importance ?? choices.klImportance, help: "what the estimate is multiplied by"),
        followsCorrection: options.flag(
          "follows-correction", default: followsCorrection ?? choices.klFollowsCorrection,
          help: "whether corrections scale the penalty too"))
      let target = options.number(
        "target", default: target ?? 0, in: 0...100, unit: "nats", help: "KL that β adapts to; 0 keeps β fixed")
      let horizon = options.number(
        "horizon", default: horizon ?? 10_000, in: 1...1e9, unit: "completions", help: "pace of adapting")
      let penalty = KLPenalty(
        coefficient: coefficient, placement: placement, order: order, term: term,
        controller: target > 0 ? KLPenalty.Controller(target: target, horizon: horizon) : nil)
      return (penalty, aggregation: TermAggregation.read(&options, default: aggregation ?? choices.klAggregation))
    }
  }

  private func clamp(_ options: inout OptionReader, _ choices: ProfileChoices) -> KLClamp? {
    let difference = options.number(
      "difference-limit", default: differenceLimit ?? choices.klDifferenceLimit, in: 0...80, unit: "nats",
      help: "bound on |log ratio|; 0 is none")
    let estimate = options.number(
      "estimate-limit", default: estimateLimit ?? choices.klEstimateLimit, in: 0...1e6, unit: "nats",
      help: "bound on the estimate; 0 is none")
    let scope = options.choice("limits", default: limits ?? choices.klClampScope, help: "which estimates the limits hold")
    return difference > 0 || estimate > 0
      ? KLClamp(difference: positive(difference) ?? .infinity, estimate: positive(estimate) ?? .infinity, scope: scope) : nil
  }
}
