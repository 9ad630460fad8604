public import Options

/// The gradient of the log-probability of success.
///
///     A = (R − μ) / μ      → ``MeanScaledAdvantage``
///     loss as in ``GRPO``
///
/// Tajwar et al. 2026, *Maximum Likelihood Reinforcement Learning*; prime-rl's `max_rl`. Rewards should lie in 0…1: a group whose
/// mean is not above 0 teaches nothing.
///
/// Needs at least two completions a prompt.
public struct MaxRL: ComposedAlgorithm {
  public static let name = "max-rl"
  public static let summary = "rewards against the group's mean as a fraction of it (Maximum Likelihood RL 2026)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    parts = shared.parts(
      &options, advantage: MeanScaledAdvantage(), surrogate: shared.clippedSurrogate(&options),
      aggregation: shared.aggregation(&options))
  }
}
