public import Options

/// GRPO that drops a token once its probability, not its ratio, has moved too far.
///
///     keep_t unless π moved past `limit-low` or `limit-high` in the direction of A      → ``DivergenceMask``
///     ℓ_t = −keep_t·A·sg(min(ρ_t, cap))·log π_t + ½·drift·(log ρ_t)²                     → ``BehaviorPenalty``
///     loss = mean over tokens                                                           → ``TokenMean``
///
/// Qi et al. 2026, *Rethinking the Trust Region in LLM Reinforcement Learning*, arXiv 2602.04879. Default limits 0.2 in total variation, as in
/// prime-rl, whose loss is `form: ratio` with `drift-coefficient` 0.002; without drift penalty as in the paper.
///
/// `ratio-cap` is 20, large as the paper asks (§5.4); verl's configuration has 3.
///
/// Needs at least two completions a prompt.
public struct DPPO: ComposedAlgorithm {
  public static let name = "dppo"
  public static let summary = "a mask on the change of probability in place of clipping (DPPO 2026)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let surrogate = DivergenceMask(
      divergence: options.choice(
        "divergence", default: DivergenceMask.Divergence.totalVariation, help: "how the change is measured"),
      form: options.choice("form", default: DivergenceMask.Form.logLikelihood, help: "log-likelihood or ratio"),
      low: options.number("limit-low", default: 0.2, in: 0...100, help: "for A ≤ 0; probability or nats"),
      high: options.number("limit-high", default: 0.2, in: 0...100, help: "for A > 0; probability or nats"),
      cap: options.number(
        "ratio-cap", default: shared.choices.divergenceCap, in: 1...1e6, help: "largest ratio of form log-likelihood"),
      logRatioLimit: shared.logRatioLimit(&options))
    let drift = options.number("drift-coefficient", default: 0, in: 0...1000, help: "weight of ½(log ratio)²")
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: surrogate,
      aggregation: shared.aggregation(&options, default: .tokenMean))
    if drift > 0 { parts.extraTerms = [(drift, BehaviorPenalty())] }
  }
}
