import Options

/// The plain policy gradient on group-relative advantages, scaled up where few completions earn anything.
///
///     A = α·(R − μ),  α = completions / completions with a reward other than 0      → ``RescaledAdvantage``
///     ℓ_t = −A·log π_t,  loss = mean over tokens                                     → ``Reinforce``, ``TokenMean``
///
/// Chu et al. 2025, *GPG: A Simple and Strong Reinforcement Learning Baseline for Model Reasoning*. No clip, no reference,
/// no deviation. A reward that is 0 only by chance, such as a distance, makes α 1; it is meant for rewards of 0 and 1.
///
/// Needs at least two completions a prompt, and one epoch of one minibatch.
public struct GPG: ComposedAlgorithm {
  public static let name = "gpg"
  public static let summary = "plain policy gradient on rescaled group advantages (GPG 2025)"
  public var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; options and defaults are those of an experiment file.
  ///
  /// Traps where a value is out of range, with the file's words; ``TypedOptions/checked(_:)`` throws them instead.
  ///
  /// - Parameters:
  ///   - profile: Whose choices stand for what is not given.
  ///   - aggregation: How token losses are averaged. Default mean over tokens.
  ///   - schedule: Epochs, minibatches and bounds of an update.
  ///   - kl: The penalty on the distance from a reference policy.
  ///   - entropy: The bonus for entropy.
  ///   - correction: What is done about rollouts of another engine.
  ///   - overlong: The soft punishment for length.
  ///   - rewardLimit: Bound on |reward|, 0…10⁹; 0 is none. Default 0.
  ///   - selection: Which completions it learns from.
  public init(
    profile: Profile = .takt, aggregation: AggregationOptions = AggregationOptions(),
    schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    let options = AlgorithmOptions(
      profile, for: Self.name, aggregation: aggregation, schedule: schedule, kl: kl, entropy: entropy, correction: correction,
      overlong: overlong, rewardLimit: rewardLimit, selection: selection)
    self = options.make { Self(reading: &$0) }
  }

  public init(reading options: inout AlgorithmOptions) {
    let schedule = options.schedule()
    if schedule.epochs > 1 || schedule.minibatches > 1 {
      options.reader.record(
        "gpg has no ratio to correct for older rollouts: leave epochs and minibatches at 1, or choose grpo", at: "epochs")
    }
    parts = options.parts(
      advantage: RescaledAdvantage(singleton: options.choices.singleton), surrogate: Reinforce(),
      aggregation: options.aggregation(default: .tokenMean), schedule: schedule)
  }
}
