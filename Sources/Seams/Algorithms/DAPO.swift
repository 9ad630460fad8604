/// GRPO with decoupled clipping, dynamic sampling, a token mean and a soft punishment for length.
///
///     A = (R − μ) / (σ + ε) of the group, tied groups replaced by others     → ``CompletionSelection``
///     ℓ_t with clip range [1 − 0.2, 1 + 0.28]                               → ``ClippedSurrogate``
///     loss = mean over tokens of the minibatch                              → ``TokenMean``
///     R falls once a completion enters the last `overlong.buffer` tokens    → ``OverlongPunishment``
///
/// Yu et al. 2025, *DAPO: An Open-Source LLM Reinforcement Learning System at Scale*, eq. 8, 10, 11 and 13. No penalty on the
/// distance from a reference policy (§2.3). Refilling is bounded by `refill-rounds`; what is then missing is dropped. The
/// overlong punishment is off until `overlong.buffer` and `overlong.limit` say how long answers may be: the paper's 4,096 of 20,480
/// tokens mean nothing for answers of a few dozen.
///
/// Needs at least two completions a prompt.
public struct DAPO: ComposedAlgorithm {
  public static let name = "dapo"
  public static let summary = "clip-higher, dynamic sampling, token mean, soft overlong punishment (DAPO 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
  ///   - clipLow: ε below 1, 0…1. Default 0.2.
  ///   - clipHigh: ε above 1, 0…100. Default 0.28.
  ///   - dualClip: Bound c on the loss for A < 0, 0…1000; 0 is none. Default 3.
  ///   - ratioCeiling: Bound δ on the unclipped ratio, 0…10⁶; 0 is none. Default 0.
  ///   - logRatioLimit: Bound on |log ρ|, 0…80 nats; 0 is none. Default 20.
  ///   - aggregation: How token losses are averaged. Default mean over tokens.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, scale: GroupRelativeAdvantage.Scale? = nil, baseline: ProfileChoices.Baseline? = nil,
    advantageEpsilon: Double? = nil, singleton: GroupRelativeAdvantage.Singleton? = nil, clipLow: Double? = nil,
    clipHigh: Double? = nil, dualClip: Double? = nil, ratioCeiling: Double? = nil, logRatioLimit: Double? = nil,
    aggregation: AggregationOptions = AggregationOptions(), schedule: ScheduleOptions = ScheduleOptions(),
    kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      comparison: ComparisonOptions(scale: scale, baseline: baseline, advantageEpsilon: advantageEpsilon, singleton: singleton),
      clip: ClipOptions(low: clipLow, high: clipHigh, dual: dualClip, ceiling: ratioCeiling, logRatioLimit: logRatioLimit),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(reading: &$0) }
  }

  public init(reading options: inout AlgorithmOptions) {
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: options.clippedSurrogate(paper: (0.2, 0.28)),
      aggregation: options.aggregation(default: options.choices.tokenMean), tied: .refill)
  }
}
