import Options

/// GRPO whose completions are weighted by a smooth function of their whole ratio, for rollouts that are far off-policy.
///
///     ℓ_t = −sg(φ(Π_t ρ_t))·A·log π_t      → ``VariationalSurrogate``
///     loss = mean over tokens              → ``TokenMean``
///
/// *VESPO: Variational Sequence-Level Soft Policy Optimization for Stable Off-Policy LLM Training*, 2026, arXiv 2602.10693. Defaults
/// as published: (k, λ) = (2, 3) for A ≥ 0 and (3, 2) for A < 0.
///
/// Needs at least two completions a prompt.
public struct VESPO: ComposedAlgorithm {
  public static let name = "vespo"
  public static let summary = "smooth sequence-level importance weights (VESPO 2026)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - kPositive: k for A ≥ 0, 0…100. Default 2.
  ///   - lambdaPositive: λ for A ≥ 0, 0…100. Default 3.
  ///   - kNegative: k for A < 0, 0…100. Default 3.
  ///   - lambdaNegative: λ for A < 0, 0…100. Default 2.
  ///   - scale: What differences of rewards are divided by; see ``ComparisonOptions``.
  ///   - baseline: What a reward is compared with.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
  ///   - singleton: What a lone rewarded completion gets.
  ///   - aggregation: How token losses are averaged. Default mean over tokens.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, kPositive: Double? = nil, lambdaPositive: Double? = nil, kNegative: Double? = nil,
    lambdaNegative: Double? = nil, scale: GroupRelativeAdvantage.Scale? = nil, baseline: ProfileChoices.Baseline? = nil,
    advantageEpsilon: Double? = nil, singleton: GroupRelativeAdvantage.Singleton? = nil,
    aggregation: AggregationOptions = AggregationOptions(), schedule: ScheduleOptions = ScheduleOptions(),
    kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      comparison: ComparisonOptions(scale: scale, baseline: baseline, advantageEpsilon: advantageEpsilon, singleton: singleton),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make {
      Self(kPositive: kPositive, lambdaPositive: lambdaPositive, kNegative: kNegative, lambdaNegative: lambdaNegative, &$0)
    }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(
    kPositive: Double? = nil, lambdaPositive: Double? = nil, kNegative: Double? = nil, lambdaNegative: Double? = nil,
    _ options: inout AlgorithmOptions
  ) {
    var surrogate = VariationalSurrogate(
      positive: .init(
        k: options.reader.number("k-positive", default: kPositive ?? 2, in: 0...100, help: "k for A ≥ 0"),
        lambda: options.reader.number("lambda-positive", default: lambdaPositive ?? 3, in: 0...100, help: "λ for A ≥ 0")),
      negative: .init(
        k: options.reader.number("k-negative", default: kNegative ?? 3, in: 0...100, help: "k for A < 0"),
        lambda: options.reader.number("lambda-negative", default: lambdaNegative ?? 2, in: 0...100, help: "λ for A < 0")))
    parts = options.parts(
      advantage: options.groupAdvantage(), surrogate: surrogate,
      aggregation: options.aggregation(default: options.choices.tokenMean))
    // Another engine's rollouts are part of W, not a factor of the loss; a penalty that follows them still has them as one.
    surrogate.correction = parts.weightings.lazy.compactMap { $0 as? SamplerCorrection }.first
    parts.weightings.removeAll { $0 is SamplerCorrection }
    parts.surrogate = surrogate
    parts.penalty.term.correction = surrogate.correction
  }
}
