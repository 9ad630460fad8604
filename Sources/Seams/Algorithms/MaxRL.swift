/// The gradient of the log-probability of success.
///
///     A = (R − μ) / μ      → ``MeanScaledAdvantage``
///     loss as in ``GRPO``
///
/// Tajwar et al. 2026, *Maximum Likelihood Reinforcement Learning*; prime-rl's `max_rl`. Rewards should lie in 0…1: a group whose
/// mean is not above 0 teaches nothing.
///
/// Needs at least two completions a prompt.
public struct MaxRL: ComposedAlgorithm {
  public static let name = "max-rl"
  public static let summary = "rewards against the group's mean as a fraction of it (Maximum Likelihood RL 2026)"
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
  ///   - aggregation: How token losses are averaged. Default mean over completions of the mean over their tokens.
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
      advantage: MeanScaledAdvantage(), surrogate: options.clippedSurrogate(),
      aggregation: options.aggregation())
  }
}
