/// REINFORCE with the reward of the likeliest completion as baseline.
///
///     A_t = G_t − R(greedy completion of the same prompt)      → ``GreedyBaselineAdvantage``
///     ℓ_t = −A_t·log π_t,  loss = mean over completions of their token sums
///
/// Li et al. 2024, *ReMax: A Simple, Effective, and Efficient Reinforcement Learning Method for Aligning Large Language Models*. One sampled completion a prompt is enough; a greedy one is sampled beside it and not trained on.
///
/// Needs the greedy rewards. The clipped surrogate stands in for −A·log π, which it equals, gradient for gradient, on fresh
/// rollouts, and lets `minibatches` be more than 1.
public struct ReMax: ComposedAlgorithm {
  public static let name = "remax"
  public static let summary = "the greedy completion's reward as baseline (ReMax 2024)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - clipLow: ε below 1, 0…1. Default 0.2.
  ///   - clipHigh: ε above 1, 0…100. Default 0.28.
  ///   - dualClip: Bound c on the loss for A < 0, 0…1000; 0 is none. Default 3.
  ///   - ratioCeiling: Bound δ on the unclipped ratio, 0…10⁶; 0 is none. Default 0.
  ///   - logRatioLimit: Bound on |log ρ|, 0…80 nats; 0 is none. Default 20.
  ///   - aggregation: How token losses are averaged. Default mean over completions of their token sums.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, clipLow: Double? = nil, clipHigh: Double? = nil, dualClip: Double? = nil,
    ratioCeiling: Double? = nil, logRatioLimit: Double? = nil, aggregation: AggregationOptions = AggregationOptions(),
    schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      clip: ClipOptions(low: clipLow, high: clipHigh, dual: dualClip, ceiling: ratioCeiling, logRatioLimit: logRatioLimit),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(reading: &$0) }
  }

  public init(reading options: inout AlgorithmOptions) {
    parts = options.parts(
      advantage: GreedyBaselineAdvantage(), surrogate: options.clippedSurrogate(),
      aggregation: options.aggregation(default: .sequenceSum), requirements: .greedyRewards, klPlacement: .reward)
  }
}
