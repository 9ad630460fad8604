import Options

/// GRPO that clips the weight of a token instead of its gradient.
///
///     ℓ_t = −sg(clip(ρ_t, ratio-low, ratio-high))·A·log π_t      → ``ClippedImportance``
///     loss = mean over tokens                                    → ``TokenMean``
///
/// MiniMax 2025, *MiniMax-M1: Scaling Test-Time Compute Efficiently with Lightning Attention*, eq. 4 and 5. Every token keeps
/// pulling, also the rare one that a clipped surrogate silences.
///
/// Both bounds are ratios. Defaults: `ratio-low` 0 (none) and `ratio-high` 5, the convention of MiniMax, ScaleRL and TRL's
/// documentation; verl's bounds on both sides of 1 are 0.8 and 1.2 (`profile: verl`). A `ratio-high` below 1 would scale down every gradient, as
/// TRL's default of 0.2 does, and is refused.
///
/// Needs at least two completions a prompt.
public struct CISPO: ComposedAlgorithm {
  public static let name = "cispo"
  public static let summary = "clipped importance weights, no clipped gradients (MiniMax-M1 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - ratioLow: The smallest weight of a token, 0…1. Default 0.
  ///   - ratioHigh: The largest, 1…10⁶. Default 5.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
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
    profile: Profile = .takt, ratioLow: Double? = nil, ratioHigh: Double? = nil, scale: GroupRelativeAdvantage.Scale? = nil,
    baseline: ProfileChoices.Baseline? = nil, advantageEpsilon: Double? = nil,
    singleton: GroupRelativeAdvantage.Singleton? = nil, logRatioLimit: Double? = nil,
    aggregation: AggregationOptions = AggregationOptions(), schedule: ScheduleOptions = ScheduleOptions(),
    kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      comparison: ComparisonOptions(scale: scale, baseline: baseline, advantageEpsilon: advantageEpsilon, singleton: singleton),
      clip: ClipOptions(logRatioLimit: logRatioLimit), aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy,
      correction: correction, overlong: overlong, rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(ratioLow: ratioLow, ratioHigh: ratioHigh, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(ratioLow: Double? = nil, ratioHigh: Double? = nil, _ options: inout AlgorithmOptions) {
    let surrogate = ClippedImportance(
      low: options.reader.number(
        "ratio-low", default: ratioLow ?? options.choices.importanceLow, in: 0...1, help: "smallest weight"),
      high: options.reader.number(
        "ratio-high", default: ratioHigh ?? options.choices.importanceHigh, in: 1...1e6, help: "largest weight"),
      logRatioLimit: options.logRatioLimit())
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: surrogate,
      aggregation: options.aggregation(default: options.choices.tokenMean))
  }
}
