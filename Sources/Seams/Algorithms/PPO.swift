import Options

/// Proximal policy optimisation with a value head.
///
///     A, returns = GAE(γ, λ), whitened over the batch      → ``GeneralizedAdvantage``, ``Whitening``
///     ℓ_t = −min(ρ_t·A_t, clip(ρ_t)·A_t) + c_v·value loss − c_e·H_t    → ``ClippedSurrogate``, ``ValueLoss``, ``EntropyBonus``
///     loss = mean over tokens                              → ``TokenMean``
///
/// Schulman et al. 2017, *Proximal Policy Optimization Algorithms*, eq. 9. Several epochs of minibatches over one batch of
/// rollouts; an update stops once the k3 estimate of KL(behaviour ‖ policy) passes `target-kl`.
///
/// Defaults: γ 1, because a completion's one reward comes at its end and must not shrink with its length; `clip-high` 0.2, since
/// several epochs use the whole range (eq. 7 of the paper); 4 epochs of 4 minibatches (Huang et al. 2022, *The 37
/// Implementation Details of PPO*); `target-kl` 0.03 nats, where the toolkits have none; the others as in ``Profile/takt``. With `discount` 0.99 the same
/// code solves control problems.
///
/// Needs a value head.
public struct PPO: ComposedAlgorithm {
  public static let name = "ppo"
  public static let summary = "value head, generalised advantages, clipped ratios over several epochs (Schulman et al. 2017)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - discount: γ, 0…1. Default 1.
  ///   - lambda: λ, 0…1. Default 0.95.
  ///   - whitening: Over what advantages get mean 0 and deviation 1. Default `batch`.
  ///   - clipLow: ε below 1, 0…1. Default 0.2.
  ///   - clipHigh: ε above 1, 0…100. Default 0.2.
  ///   - dualClip: Bound c on the loss for A < 0, 0…1000; 0 is none. Default 3.
  ///   - ratioCeiling: Bound δ on the unclipped ratio, 0…10⁶; 0 is none. Default 0.
  ///   - logRatioLimit: Bound on |log ρ|, 0…80 nats; 0 is none. Default 20.
  ///   - value: The value head's loss.
  ///   - aggregation: How token losses are averaged. Default mean over tokens.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, discount: Double? = nil, lambda: Double? = nil, whitening: WhiteningScope? = nil,
    clipLow: Double? = nil, clipHigh: Double? = nil, dualClip: Double? = nil, ratioCeiling: Double? = nil,
    logRatioLimit: Double? = nil, value: ValueOptions = ValueOptions(), aggregation: AggregationOptions = AggregationOptions(),
    schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      clip: ClipOptions(low: clipLow, high: clipHigh, dual: dualClip, ceiling: ratioCeiling, logRatioLimit: logRatioLimit),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(discount: discount, lambda: lambda, whitening: whitening, value: value, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(
    discount: Double? = nil, lambda: Double? = nil, whitening: WhiteningScope? = nil, value: ValueOptions = ValueOptions(),
    _ options: inout AlgorithmOptions
  ) {
    let choices = options.choices
    let scope = options.reader.choice(
      "whiten", default: whitening ?? choices.whiteningScope, help: "over what advantages get mean 0 and deviation 1")
    let estimator = GeneralizedAdvantage(
      discount: options.reader.number("discount", default: discount ?? choices.discount, in: 0...1, help: "γ"),
      lambda: options.reader.number("lambda", default: lambda ?? choices.lambda, in: 0...1, help: "λ"),
      whitening: scope == .batch ? choices.whitening : nil)
    let schedule = options.schedule(epochs: choices.epochs, minibatches: choices.minibatches)
    parts = options.parts(
      advantage: estimator, surrogate: options.clippedSurrogate(paper: (choices.clipLow, choices.clipLow)),
      aggregation: options.aggregation(default: .tokenMean), requirements: [], schedule: schedule, klPlacement: .reward
    )
    parts.minibatchWhitening = scope == .minibatch ? choices.whitening : nil
    parts.value = value.loss(&options.reader, choices)
  }
}
