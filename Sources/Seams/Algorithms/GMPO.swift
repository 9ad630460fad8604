import Options

/// GRPO on the geometric mean of token ratios.
///
///     ℓ = −A·exp((1/n)·Σ_t clipped log ρ_t)       → ``GeometricMeanSurrogate``
///     loss = mean over completions                → ``SequenceMean``
///
/// Zhao et al. 2025, *Geometric-Mean Policy Optimization*. Defaults: `clip-low` and `clip-high` 0.4 nats (a range of
/// e^±0.4, wider than PPO's because the mean is steadier).
///
/// Needs at least two completions a prompt.
public struct GMPO: ComposedAlgorithm {
  public static let name = "gmpo"
  public static let summary = "geometric mean of clipped token ratios (GMPO 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - clipLow: Bound on the log ratio below 0, 0…80 nats. Default 0.4.
  ///   - clipHigh: Bound on the log ratio above 0, 0…80 nats. Default 0.4.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
  ///   - aggregation: How token losses are averaged. Default mean over completions of the mean over their tokens.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, clipLow: Double? = nil, clipHigh: Double? = nil, scale: GroupRelativeAdvantage.Scale? = nil,
    baseline: ProfileChoices.Baseline? = nil, advantageEpsilon: Double? = nil,
    singleton: GroupRelativeAdvantage.Singleton? = nil, aggregation: AggregationOptions = AggregationOptions(),
    schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      comparison: ComparisonOptions(scale: scale, baseline: baseline, advantageEpsilon: advantageEpsilon, singleton: singleton),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(clipLow: clipLow, clipHigh: clipHigh, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(clipLow: Double? = nil, clipHigh: Double? = nil, _ options: inout AlgorithmOptions) {
    let surrogate = GeometricMeanSurrogate(
      low: options.reader.number(
        "clip-low", default: clipLow ?? 0.4, in: 0...80, unit: "nats", help: "bound on the log ratio below 0"),
      high: options.reader.number(
        "clip-high", default: clipHigh ?? 0.4, in: 0...80, unit: "nats", help: "bound on the log ratio above 0"),
      lengthSlack: options.choices.lengthSlack)
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: surrogate,
      aggregation: options.aggregation(default: .sequenceMean, lengthSlack: 0))
  }
}
