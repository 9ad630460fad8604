import Options

/// GRPO whose ratio, and so whose clipping, belongs to the completion.
///
///     s = exp((1/n)·Σ_t log ρ_t)                                → ``SequenceSurrogate``
///     ℓ = −min(s·A, clip(s, 1 − ε_low, 1 + ε_high)·A)
///     loss = mean over completions                              → ``SequenceMean``
///
/// Zheng et al. 2025, *Group Sequence Policy Optimization*, eq. 5; with `gradient: token` the paper's GSPO-token, which differs
/// once tokens of one completion have advantages of their own. A reward of whole answers asks for a ratio of whole answers: that
/// of one token is a sample of one.
///
/// Defaults: `clip-low` 3·10⁻⁴ and `clip-high` 4·10⁻⁴ (§5.1), three orders of magnitude below PPO's, because the mean of many log
/// ratios hardly moves. The configurations of TRL, verl and OpenRLHF leave PPO's 0.2, which never
/// acts; `profile: trl` takes it, as TRL's ε does not know the loss, the others keep the paper's.
///
/// Needs at least two completions a prompt.
public struct GSPO: ComposedAlgorithm {
  public static let name = "gspo"
  public static let summary = "one length-normalised ratio a completion (GSPO 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - gradient: Which tokens feel the derivative of a token's loss. Default `sequence`.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
  ///   - clipLow: ε below 1, 0…1. Default 3·10⁻⁴.
  ///   - clipHigh: ε above 1, 0…100. Default 4·10⁻⁴.
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
    profile: Profile = .takt, gradient: SequenceSurrogate.Gradient? = nil, scale: GroupRelativeAdvantage.Scale? = nil,
    baseline: ProfileChoices.Baseline? = nil, advantageEpsilon: Double? = nil,
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
    self = options.make { Self(gradient: gradient, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(gradient: SequenceSurrogate.Gradient? = nil, _ options: inout AlgorithmOptions) {
    let gradient = options.reader.choice(
      "gradient", default: gradient ?? .sequence, help: "which tokens feel the derivative of a token's loss")
    let clip = options.clippedSurrogate(paper: (3e-4, 4e-4))
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: SequenceSurrogate(clip: clip, gradient: gradient),
      aggregation: options.aggregation(default: .sequenceMean))
  }
}
