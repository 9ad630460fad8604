public import Options

/// GRPO done right: neither a group's deviation nor a completion's length changes how much it counts.
///
///     A = R − μ                          → ``GroupRelativeAdvantage`` without scale
///     loss = Σ_i Σ_t ℓ_t / (N · L)       → ``ConstantLength`` with the option `constant-length` as L
///
/// Dividing by σ weighs prompts by how easy they are, dividing by length favours long wrong answers.
///
/// Liu et al. 2025, *Understanding R1-Zero-Like Training: A Critical Perspective*. Set `constant-length` to the run's limit
/// on tokens; the gradient scales with 1/L, so the learning rate belongs to it.
///
/// Needs at least two completions a prompt.
public struct DrGRPO: ComposedAlgorithm {
  public static let name = "dr-grpo"
  public static let summary = "rewards minus the group's mean, one divisor for all lengths (Dr. GRPO 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    parts = shared.parts(
      &options, advantage: GroupRelativeAdvantage(scale: .none, singleton: shared.choices.singleton),
      surrogate: shared.clippedSurrogate(&options), aggregation: shared.aggregation(&options, default: .constantLength))
  }
}
