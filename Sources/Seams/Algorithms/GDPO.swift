import Options

/// GRPO for several rewards: each is normalised within its group before they are added.
///
///     A_k = (R_k − μ_k) / (σ_k + ε),  A = whitened Σ_k w_k·A_k over the batch      → ``DecoupledAdvantage``
///     loss as in ``GRPO``
///
/// Liu et al. 2026, *GDPO: Group reward-Decoupled Normalization Policy Optimization for Multi-reward RL Optimization*.
/// The weights of the reward specification then weigh opinions, not units: a component of small spread counts as much as one of
/// large spread. Four toolkits whiten in four ways; Takt whitens over completions, adds ε to the sample deviation as TRL does, and leaves groups that are tied in every
/// component at exactly 0. A penalty or a punishment in the reward is no component: it acts once, on the sum.
///
/// Needs at least two completions a prompt, and a reward of at least two components to differ from GRPO.
public struct GDPO: ComposedAlgorithm {
  public static let name = "gdpo"
  public static let summary = "each reward component normalised in its group, then added (GDPO 2026)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - whiteningUnit: What counts once in the whitening. Default `completions`.
  ///   - ties: What groups get that are tied in every component. Default `exact`, advantage 0.
  ///   - whiteningEpsilon: ε of whitened completions, 0…1. Default 10⁻⁴.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation of each component, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
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
    profile: Profile = .takt, whiteningUnit: Whitening.Unit? = nil, ties: Ties? = nil, whiteningEpsilon: Double? = nil,
    scale: GroupRelativeAdvantage.Scale? = nil, baseline: ProfileChoices.Baseline? = nil, advantageEpsilon: Double? = nil,
    singleton: GroupRelativeAdvantage.Singleton? = nil, clipLow: Double? = nil, clipHigh: Double? = nil,
    dualClip: Double? = nil, ratioCeiling: Double? = nil, logRatioLimit: Double? = nil,
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
    self = options.make { Self(whiteningUnit: whiteningUnit, ties: ties, whiteningEpsilon: whiteningEpsilon, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(
    whiteningUnit: Whitening.Unit? = nil, ties: Ties? = nil, whiteningEpsilon: Double? = nil, _ options: inout AlgorithmOptions
  ) {
    let unit = options.reader.choice(
      "whitening-unit", default: whiteningUnit ?? options.choices.decoupledUnit, help: "what counts once in the whitening")
    var whitening = options.whitening(ties: ties)
    let zerosTies = whitening.zerosTies
    whitening.unit = unit
    let epsilon = options.reader.number(
      "whitening-epsilon",
      default: whiteningEpsilon ?? options.choices.decoupledWhiteningEpsilon ?? options.choices.advantageEpsilon, in: 0...1,
      unit: "advantage", help: "added to the deviation of completions; of tokens the profile guards it")
    if unit == .completions { whitening = Whitening(unit: .completions, guarding: .added(epsilon), zerosTies: zerosTies) }
    parts = options.parts(
      advantage: DecoupledAdvantage(
        component: options.groupAdvantage(epsilon: options.choices.decoupledEpsilon), whitening: whitening,
        tiedStayZero: zerosTies),
      surrogate: options.clippedSurrogate(), aggregation: options.aggregation())
    parts.selection.comparesComponents = true
  }
}
