public import Options

/// Group relative policy optimisation: the other completions of a prompt are the baseline, so no value head is needed.
///
///     A = (R − μ) / (σ + ε) of the group           → ``GroupRelativeAdvantage``
///     ℓ_t = −min(ρ_t·A, clip(ρ_t)·A) + β·KL_t      → ``ClippedSurrogate``, ``ReferenceKL``
///     loss = mean over completions of the mean over their tokens → ``SequenceMean``
///
/// DeepSeek-AI 2024, *DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models*, eq. 3. The defaults
/// are those of ``Profile/takt`` with their reasons there; one epoch and one minibatch, so that every update is on-policy and
/// its first gradient is REINFORCE's.
///
/// Needs at least two completions a prompt, and a reference policy where `kl.coefficient` is above 0.
public struct GRPO: ComposedAlgorithm {
  public static let name = "grpo"
  public static let summary = "rewards against the group's mean over its deviation, clipped ratios (DeepSeekMath 2024)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: shared.clippedSurrogate(&options),
      aggregation: shared.aggregation(&options))
  }
}
