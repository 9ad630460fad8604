import Options

/// REINFORCE with PPO's stabilisers and no value head: rewards to come, whitened over the whole batch.
///
///     without baseline:  A = whitened G_t,  G_t = Σ_{k≥t} γ^{k−t}·r_k     → ``ReturnAdvantage``
///     with baseline:     A = whitened (R − μ of the group)                → ``BaselineReturnAdvantage``
///     ℓ_t = −min(ρ_t·A_t, clip(ρ_t)·A_t),  loss = mean over tokens        → ``ClippedSurrogate``, ``TokenMean``
///
/// Hu et al. 2025, *REINFORCE++: Stabilizing Critic-Free Policy Optimization with Global Advantage Normalization*. A
/// deviation over the batch does not blow up a group whose rewards hardly differ. The penalty on the distance from the reference
/// is a reward of each token without baseline and a loss with it.
///
/// The option `baseline-group` chooses; with it the algorithm needs at least two completions a prompt.
public struct ReinforcePlusPlus: ComposedAlgorithm {
  public static let name = "reinforce++"
  public static let summary = "returns whitened over the batch, with or without a group baseline (REINFORCE++ 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - subtractsGroupMean: Whether μ of the group is subtracted before whitening. Default false.
  ///   - discount: γ without that, 0…1. Default 1.
  ///   - ties: What tied rewards get. Default `exact`, advantage 0.
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
    profile: Profile = .takt, subtractsGroupMean: Bool? = nil, discount: Double? = nil, ties: Ties? = nil,
    clipLow: Double? = nil, clipHigh: Double? = nil, dualClip: Double? = nil, ratioCeiling: Double? = nil,
    logRatioLimit: Double? = nil, aggregation: AggregationOptions = AggregationOptions(),
    schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      clip: ClipOptions(low: clipLow, high: clipHigh, dual: dualClip, ceiling: ratioCeiling, logRatioLimit: logRatioLimit),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(subtractsGroupMean: subtractsGroupMean, discount: discount, ties: ties, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(subtractsGroupMean: Bool? = nil, discount: Double? = nil, ties: Ties? = nil, _ options: inout AlgorithmOptions) {
    let hasBaseline = options.reader.flag(
      "baseline-group", default: subtractsGroupMean ?? options.choices.plusHasBaseline,
      help: "subtract the group's mean before whitening")
    let discount = options.reader.number(
      "discount", default: discount ?? options.choices.discount, in: 0...1, help: "γ, without baseline")
    let whitening = options.whitening(ties: ties)
    let advantage: any AdvantageEstimator =
      hasBaseline
      ? BaselineReturnAdvantage(whitening: whitening, singleton: options.choices.singleton, tiedStayZero: whitening.zerosTies)
      : ReturnAdvantage(discount: discount, whitening: whitening)
    parts = options.parts(
      advantage: advantage, surrogate: options.clippedSurrogate(),
      aggregation: options.aggregation(default: .tokenMean), requirements: hasBaseline ? .groups : [],
      klPlacement: hasBaseline ? .loss : .reward, klEstimator: .k2)
  }
}
