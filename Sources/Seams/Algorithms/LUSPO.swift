/// GSPO without its bias towards short completions: each completion counts by its length.
///
///     s as in ``GSPO``,  loss = (1/N)·Σ_i n_i·ℓ_i      → ``SequenceSurrogate``, ``TokenSum`` a completion
///
/// Liu et al. 2026, *Length-Unbiased Sequence Policy Optimization: Revealing and Controlling Response Length Variation in RLVR*.
/// The gradient grows with the length of completions, so the learning rate belongs to it. Clip range as for GSPO.
///
/// Needs at least two completions a prompt.
public struct LUSPO: ComposedAlgorithm {
  public static let name = "luspo"
  public static let summary = "GSPO with completions weighted by length (LUSPO 2026)"
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
  ///   - clipLow: ε below 1, 0…1. Default 3·10⁻⁴.
  ///   - clipHigh: ε above 1, 0…100. Default 4·10⁻⁴.
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
    let clip = options.clippedSurrogate(paper: (3e-4, 4e-4))
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: SequenceSurrogate(clip: clip),
      aggregation: options.aggregation(default: .sequenceSum))
  }
}
