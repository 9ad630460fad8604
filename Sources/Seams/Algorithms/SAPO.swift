import Options

/// GRPO whose trust region fades instead of ending.
///
///     ℓ_t = −(4/τ)·σ(τ·(ρ_t − 1))·A,   τ by the sign of A        → ``SoftGate``
///     loss = mean over completions of the mean over their tokens → ``SequenceMean``
///
/// Gao et al. 2025, *Soft Adaptive Policy Optimization*. Defaults: τ 1 for A > 0 and 1.05 otherwise, so that
/// pushes away from a completion, which spread over every other token, fade a little sooner.
///
/// Needs at least two completions a prompt.
public struct SAPO: ComposedAlgorithm {
  public static let name = "sapo"
  public static let summary = "a sigmoid gate on the ratio in place of clipping (SAPO 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - temperaturePositive: τ for A > 0, 10⁻³…1000. Default 1.
  ///   - temperatureNegative: τ for A ≤ 0, 10⁻³…1000. Default 1.05.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
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
    profile: Profile = .takt, temperaturePositive: Double? = nil, temperatureNegative: Double? = nil,
    scale: GroupRelativeAdvantage.Scale? = nil, baseline: ProfileChoices.Baseline? = nil, advantageEpsilon: Double? = nil,
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
    self = options.make { Self(temperaturePositive: temperaturePositive, temperatureNegative: temperatureNegative, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(temperaturePositive: Double? = nil, temperatureNegative: Double? = nil, _ options: inout AlgorithmOptions) {
    let surrogate = SoftGate(
      positive: options.reader.number(
        "temperature-positive", default: temperaturePositive ?? 1, in: 1e-3...1000, help: "τ for A > 0"),
      negative: options.reader.number(
        "temperature-negative", default: temperatureNegative ?? 1.05, in: 1e-3...1000, help: "τ for A ≤ 0"),
      logRatioLimit: options.logRatioLimit())
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: surrogate,
      aggregation: options.aggregation(default: .sequenceMean))
  }
}
