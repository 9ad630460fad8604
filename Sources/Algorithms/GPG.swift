public import Options

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

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let schedule = shared.schedule(&options)
    if schedule.epochs > 1 || schedule.minibatches > 1 {
      options.record(
        "gpg has no ratio to correct for older rollouts: leave epochs and minibatches at 1, or choose grpo", at: "epochs")
    }
    parts = shared.parts(
      &options, advantage: RescaledAdvantage(singleton: shared.choices.singleton), surrogate: Reinforce(),
      aggregation: shared.aggregation(&options, default: .tokenMean), schedule: schedule)
  }
}
