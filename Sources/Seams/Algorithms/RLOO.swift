import Options

/// REINFORCE with the mean of the other completions as baseline, a completion being one action.
///
///     A_i = R_i − mean of the other rewards              → ``LeaveOneOutAdvantage``
///     s = exp Σ_t log ρ_t,  ℓ = −min(s·A, clip(s)·A)     → ``SequenceSurrogate`` with the sum of log ratios
///     loss = mean over completions                       → ``SequenceMean``
///     R includes −β·Σ_t k1_t where a reference is asked for
///
/// Ahmadian et al. 2024, *Back to Basics: Revisiting REINFORCE-Style Optimization for Learning from Human Feedback in LLMs*.
/// TRL takes a completion as one action; verl, OpenRLHF, ms-swift and NeMo-RL put the same advantage into the clipped loss of each
/// token, which `ratio: token` does, and ms-swift can also divide by the group's deviation (`scale: group`).
///
/// With one epoch of one minibatch, s is 1 and the clip never acts. The penalty sits in the reward, as in the paper.
///
/// Needs at least two completions a prompt.
public struct RLOO: ComposedAlgorithm {
  /// What differences of rewards are divided by.
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    case none
    /// The group's deviation (ms-swift).
    case group
  }

  public static let name = "rloo"
  public static let summary = "rewards against the mean of the others, completions as actions (Back to Basics 2024)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - whitens: Whether advantages of the batch get mean 0 and deviation 1. Default false.
  ///   - scale: What differences are divided by. Default `none`.
  ///   - ratio: Whether completions or tokens are actions. Default `completion`.
  ///   - clipLow: ε below 1, 0…1. Default 0.2.
  ///   - clipHigh: ε above 1, 0…100. Default 0.28.
  ///   - dualClip: Bound c on the loss for A < 0, 0…1000; 0 is none. Default 3.
  ///   - ratioCeiling: Bound δ on the unclipped ratio, 0…10⁶; 0 is none. Default 0.
  ///   - logRatioLimit: Bound on |log ρ|, 0…80 nats; 0 is none. Default 20.
  ///   - aggregation: How token losses are averaged. Default mean over completions.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, whitens: Bool? = nil, scale: Scale? = nil, ratio: ProfileChoices.ActionUnit? = nil,
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
    self = options.make { Self(whitens: whitens, scale: scale, ratio: ratio, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(
    whitens: Bool? = nil, scale: Scale? = nil, ratio: ProfileChoices.ActionUnit? = nil, _ options: inout AlgorithmOptions
  ) {
    let whitens = options.reader.flag(
      "whiten", default: whitens ?? false, help: "advantages of the batch to mean 0 and deviation 1")
    let scale = options.reader.choice(
      "scale", default: scale ?? options.choices.leaveOneOutScale, help: "what differences are divided by"
    )
    let ratio = options.reader.choice(
      "ratio", default: ratio ?? options.choices.leaveOneOutRatio, help: "whether completions or tokens are actions")
    let clip = options.clippedSurrogate()
    let advantage = LeaveOneOutAdvantage(
      scale: scale == .group ? .group(epsilon: options.choices.advantageEpsilon) : .none,
      singleton: options.choices.singleton,
      whitening: whitens ? Whitening(unit: .completions, guarding: .added(options.choices.advantageEpsilon)) : nil)
    parts = options.parts(
      advantage: advantage,
      surrogate: ratio == .completion ? SequenceSurrogate(clip: clip, ratio: .sum) : clip,
      aggregation: options.aggregation(default: ratio == .completion ? .sequenceMean : nil), klPlacement: .reward)
  }
}
