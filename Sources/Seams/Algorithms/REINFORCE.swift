import Options

/// The plain policy gradient.
///
///     A = G_t, the reward to come, whitened over the batch unless `whiten` is false    → ``ReturnAdvantage``
///     ℓ_t = −A_t·log π_t                                                                → ``Reinforce``
///     loss = mean over completions of their token sums                                  → ``TokenSum``
///
/// Williams 1992, *Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning*.
/// Whitening is a baseline, the batch's mean, and a scale; it is on because the variance of the bare estimator grows with the
/// size of the rewards. Right for one epoch of one minibatch only: there is no ratio to correct for older rollouts.
///
/// Needs nothing of the policy.
public struct REINFORCE: ComposedAlgorithm {
  public static let name = "reinforce"
  public static let summary = "log-probabilities weighted by the reward to come (Williams 1992)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - whitens: Whether advantages of the batch get mean 0 and deviation 1. Default true.
  ///   - discount: γ, 0…1. Default 1.
  ///   - ties: What tied rewards get where it whitens. Default `exact`, advantage 0.
  ///   - aggregation: How token losses are averaged. Default mean over completions of their token sums.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, whitens: Bool? = nil, discount: Double? = nil, ties: Ties? = nil,
    aggregation: AggregationOptions = AggregationOptions(), schedule: ScheduleOptions = ScheduleOptions(),
    kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name, aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction,
      overlong: overlong, rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(whitens: whitens, discount: discount, ties: ties, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(whitens: Bool? = nil, discount: Double? = nil, ties: Ties? = nil, _ options: inout AlgorithmOptions) {
    let whitens = options.reader.flag(
      "whiten", default: whitens ?? true, help: "advantages of the batch to mean 0 and deviation 1")
    let discount = options.reader.number("discount", default: discount ?? options.choices.discount, in: 0...1, help: "γ")
    let schedule = options.schedule()
    if schedule.epochs > 1 || schedule.minibatches > 1 {
      options.reader.record(
        "reinforce has no ratio to correct for older rollouts: leave epochs and minibatches at 1, or choose ppo", at: "epochs")
    }
    parts = options.parts(
      advantage: ReturnAdvantage(discount: discount, whitening: whitens ? options.whitening(ties: ties) : nil),
      surrogate: Reinforce(), aggregation: options.aggregation(default: .sequenceSum), requirements: [],
      schedule: schedule, klPlacement: .reward)
  }
}
