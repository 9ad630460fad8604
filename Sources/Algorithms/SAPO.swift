public import Options

/// GRPO whose trust region fades instead of ending.
///
///     ℓ_t = −(4/τ)·σ(τ·(ρ_t − 1))·A,   τ by the sign of A        → ``SoftGate``
///     loss = mean over completions of the mean over their tokens → ``SequenceMean``
///
/// Gao et al. 2025, *Soft Adaptive Policy Optimization*. Defaults: τ 1 for A > 0 and 1.05 otherwise, so that
/// pushes away from a completion, which spread over every other token, fade a little sooner.
///
/// Needs at least two completions a prompt.
public struct SAPO: ComposedAlgorithm {
  public static let name = "sapo"
  public static let summary = "a sigmoid gate on the ratio in place of clipping (SAPO 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let surrogate = SoftGate(
      positive: options.number("temperature-positive", default: 1, in: 1e-3...1000, help: "τ for A > 0"),
      negative: options.number("temperature-negative", default: 1.05, in: 1e-3...1000, help: "τ for A ≤ 0"),
      logRatioLimit: shared.logRatioLimit(&options))
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: surrogate,
      aggregation: shared.aggregation(&options, default: .sequenceMean))
  }
}
