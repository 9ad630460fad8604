public import Options

/// GRPO whose completions are weighted by a smooth function of their whole ratio, for rollouts that are far off-policy.
///
///     ℓ_t = −sg(φ(Π_t ρ_t))·A·log π_t      → ``VariationalSurrogate``
///     loss = mean over tokens              → ``TokenMean``
///
/// *VESPO: Variational Sequence-Level Soft Policy Optimization for Stable Off-Policy LLM Training*, 2026, arXiv 2602.10693. Defaults
/// as published: (k, λ) = (2, 3) for A ≥ 0 and (3, 2) for A < 0.
///
/// Needs at least two completions a prompt.
public struct VESPO: ComposedAlgorithm {
  public static let name = "vespo"
  public static let summary = "smooth sequence-level importance weights (VESPO 2026)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    var surrogate = VariationalSurrogate(
      positive: .init(
        k: options.number("k-positive", default: 2, in: 0...100, help: "k for A ≥ 0"),
        lambda: options.number("lambda-positive", default: 3, in: 0...100, help: "λ for A ≥ 0")),
      negative: .init(
        k: options.number("k-negative", default: 3, in: 0...100, help: "k for A < 0"),
        lambda: options.number("lambda-negative", default: 2, in: 0...100, help: "λ for A < 0")))
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: surrogate,
      aggregation: shared.aggregation(&options, default: shared.choices.tokenMean))
    // Another engine's rollouts are part of W, not a factor of the loss.
    surrogate.correction = parts.weightings.lazy.compactMap { $0 as? SamplerCorrection }.first
    parts.weightings.removeAll { $0 is SamplerCorrection }
    parts.surrogate = surrogate
  }
}
