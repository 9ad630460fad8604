public import Options

/// GRPO on the geometric mean of token ratios.
///
///     ℓ = −A·exp((1/n)·Σ_t clipped log ρ_t)       → ``GeometricMeanSurrogate``
///     loss = mean over completions                → ``SequenceMean``
///
/// Zhao et al. 2025, *Geometric-Mean Policy Optimization*. Defaults: `clip-low` and `clip-high` 0.4 nats (a range of
/// e^±0.4, wider than PPO's because the mean is steadier).
///
/// Needs at least two completions a prompt.
public struct GMPO: ComposedAlgorithm {
  public static let name = "gmpo"
  public static let summary = "geometric mean of clipped token ratios (GMPO 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let surrogate = GeometricMeanSurrogate(
      low: options.number("clip-low", default: 0.4, in: 0...80, unit: "nats", help: "bound on the log ratio below 0"),
      high: options.number("clip-high", default: 0.4, in: 0...80, unit: "nats", help: "bound on the log ratio above 0"),
      lengthSlack: shared.choices.lengthSlack)
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: surrogate,
      aggregation: shared.aggregation(&options, default: .sequenceMean, lengthSlack: 0))
  }
}
