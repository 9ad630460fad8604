public import Options

/// GRPO that clips the weight of a token instead of its gradient.
///
///     ℓ_t = −sg(clip(ρ_t, ratio-low, ratio-high))·A·log π_t      → ``ClippedImportance``
///     loss = mean over tokens                                    → ``TokenMean``
///
/// MiniMax 2025, *MiniMax-M1: Scaling Test-Time Compute Efficiently with Lightning Attention*, eq. 4 and 5. Every token keeps
/// pulling, also the rare one that a clipped surrogate silences.
///
/// Both bounds are ratios. Defaults: `ratio-low` 0 (none) and `ratio-high` 5, the convention of MiniMax, ScaleRL and TRL's
/// documentation; verl's bounds on both sides of 1 are 0.8 and 1.2 (`profile: verl`). A `ratio-high` below 1 would scale down every gradient, as
/// TRL's default of 0.2 does, and is refused.
///
/// Needs at least two completions a prompt.
public struct CISPO: ComposedAlgorithm {
  public static let name = "cispo"
  public static let summary = "clipped importance weights, no clipped gradients (MiniMax-M1 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let surrogate = ClippedImportance(
      low: options.number("ratio-low", default: shared.choices.importanceLow, in: 0...1, help: "smallest weight"),
      high: options.number("ratio-high", default: shared.choices.importanceHigh, in: 1...1e6, help: "largest weight"),
      logRatioLimit: shared.logRatioLimit(&options))
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: surrogate,
      aggregation: shared.aggregation(&options, default: shared.choices.tokenMean))
  }
}
