import Options

/// GRPO that drops a token once its probability, not its ratio, has moved too far.
///
///     keep_t unless π moved past `limit-low` or `limit-high` in the direction of A      → ``DivergenceMask``
///     ℓ_t = −keep_t·A·sg(min(ρ_t, cap))·log π_t + ½·drift·(log ρ_t)²                     → ``BehaviorPenalty``
///     loss = mean over tokens                                                           → ``TokenMean``
///
/// Qi et al. 2026, *Rethinking the Trust Region in LLM Reinforcement Learning*, arXiv 2602.04879. Default limits 0.2 in total variation, as in
/// prime-rl, whose loss is `form: ratio` with `drift-coefficient` 0.002; without drift penalty as in the paper.
///
/// `ratio-cap` is 20, large as the paper asks (§5.4); verl's configuration has 3.
///
/// Needs at least two completions a prompt.
public struct DPPO: ComposedAlgorithm {
  public static let name = "dppo"
  public static let summary = "a mask on the change of probability in place of clipping (DPPO 2026)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - divergence: How the change of a token's probability is measured. Default `totalVariation`.
  ///   - form: `logLikelihood`, or `ratio` as prime-rl has it. Default `logLikelihood`.
  ///   - limitLow: The largest change for A ≤ 0, 0…100, probability or nats. Default 0.2.
  ///   - limitHigh: The same for A > 0. Default 0.2.
  ///   - ratioCap: The largest ratio of `logLikelihood`, 1…10⁶. Default 20.
  ///   - driftCoefficient: The weight of ½(log ρ)², 0…1000. Default 0.
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
    profile: Profile = .takt, divergence: DivergenceMask.Divergence? = nil, form: DivergenceMask.Form? = nil,
    limitLow: Double? = nil, limitHigh: Double? = nil, ratioCap: Double? = nil, driftCoefficient: Double? = nil,
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
    self = options.make {
      Self(
        divergence: divergence, form: form, limitLow: limitLow, limitHigh: limitHigh, ratioCap: ratioCap,
        driftCoefficient: driftCoefficient, &$0)
    }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(
    divergence: DivergenceMask.Divergence? = nil, form: DivergenceMask.Form? = nil, limitLow: Double? = nil,
    limitHigh: Double? = nil, ratioCap: Double? = nil, driftCoefficient: Double? = nil, _ options: inout AlgorithmOptions
  ) {
    let surrogate = DivergenceMask(
      divergence: options.reader.choice(
        "divergence", default: divergence ?? .totalVariation, help: "how the change is measured"),
      form: options.reader.choice("form", default: form ?? .logLikelihood, help: "log-likelihood or ratio"),
      low: options.reader.number("limit-low", default: limitLow ?? 0.2, in: 0...100, help: "for A ≤ 0; probability or nats"),
      high: options.reader.number("limit-high", default: limitHigh ?? 0.2, in: 0...100, help: "for A > 0; probability or nats"),
      cap: options.reader.number(
        "ratio-cap", default: ratioCap ?? options.choices.divergenceCap, in: 1...1e6,
        help: "largest ratio of form log-likelihood"),
      logRatioLimit: options.logRatioLimit())
    let drift = options.reader.number(
      "drift-coefficient", default: driftCoefficient ?? 0, in: 0...1000, help: "weight of ½(log ratio)²")
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: surrogate,
      aggregation: options.aggregation(default: .tokenMean))
    if drift > 0 { parts.extraTerms = [(drift, BehaviorPenalty())] }
  }
}
