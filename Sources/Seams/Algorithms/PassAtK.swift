import Options

/// Training for the best of k answers rather than the average one.
///
///     A = (R_best − R_second) / (σ + ε) for the best completion of a group, 0 for the others      → ``BestOfGroupAdvantage``
///     loss as in ``GRPO``
///
/// Tang et al. 2025, *Optimizing Language Models for Inference Time Objectives using Reinforcement Learning*, in the form that
/// verl ships (`grpo_passk`). k is the number of completions a prompt. Use it where a later stage picks the best answer; it lowers no answer's
/// probability.
///
/// Needs at least two completions a prompt, and no demonstrations, which would be the best of most groups.
public struct PassAtK: ComposedAlgorithm {
  /// What the lead is divided by.
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    case group, none
  }

  public static let name = "pass-at-k"
  public static let summary = "credit for the best of a group by its lead (Tang et al. 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - scale: What the lead is divided by. Default `group`.
  ///   - advantageEpsilon: ε, added to the deviation, 0…1 in units of reward. Default 10⁻⁴.
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
    profile: Profile = .takt, scale: Scale? = nil, advantageEpsilon: Double? = nil, clipLow: Double? = nil,
    clipHigh: Double? = nil, dualClip: Double? = nil, ratioCeiling: Double? = nil, logRatioLimit: Double? = nil,
    aggregation: AggregationOptions = AggregationOptions(), schedule: ScheduleOptions = ScheduleOptions(),
    kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name,
      clip: ClipOptions(low: clipLow, high: clipHigh, dual: dualClip, ceiling: ratioCeiling, logRatioLimit: logRatioLimit),
      aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction, overlong: overlong,
      rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(scale: scale, advantageEpsilon: advantageEpsilon, &$0) }
  }

  public init(reading options: inout AlgorithmOptions) { self.init(&options) }

  private init(scale: Scale? = nil, advantageEpsilon: Double? = nil, _ options: inout AlgorithmOptions) {
    let advantage = BestOfGroupAdvantage(
      isScaled: options.reader.choice("scale", default: scale ?? .group, help: "what the lead is divided by") == .group,
      epsilon: options.reader.number(
        "advantage-epsilon", default: advantageEpsilon ?? options.choices.advantageEpsilon, in: 0...1, unit: "reward",
        help: "added to the deviation"
      ))
    parts = options.parts(
      advantage: advantage, surrogate: options.clippedSurrogate(),
      aggregation: options.aggregation(), requirements: [.groups, .sampledCompletions])
  }
}
