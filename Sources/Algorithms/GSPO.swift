public import Options

/// GRPO whose ratio, and so whose clipping, belongs to the completion.
///
///     s = exp((1/n)·Σ_t log ρ_t)                                → ``SequenceSurrogate``
///     ℓ = −min(s·A, clip(s, 1 − ε_low, 1 + ε_high)·A)
///     loss = mean over completions                              → ``SequenceMean``
///
/// Zheng et al. 2025, *Group Sequence Policy Optimization*, eq. 5; with `gradient: token` the paper's GSPO-token, which differs
/// once tokens of one completion have advantages of their own. A reward of whole answers asks for a ratio of whole answers: that
/// of one token is a sample of one.
///
/// Defaults: `clip-low` 3·10⁻⁴ and `clip-high` 4·10⁻⁴ (§5.1), three orders of magnitude below PPO's, because the mean of many log
/// ratios hardly moves. The configurations of TRL, verl and OpenRLHF leave PPO's 0.2, which never
/// acts; `profile: trl` takes it, as TRL's ε does not know the loss, the others keep the paper's.
///
/// Needs at least two completions a prompt.
public struct GSPO: ComposedAlgorithm {
  public static let name = "gspo"
  public static let summary = "one length-normalised ratio a completion (GSPO 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let gradient = options.choice(
      "gradient", default: SequenceSurrogate.Gradient.sequence, help: "which tokens feel the derivative of a token's loss")
    let clip = shared.clippedSurrogate(&options, paper: (3e-4, 4e-4))
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: SequenceSurrogate(clip: clip, gradient: gradient),
      aggregation: shared.aggregation(&options, default: .sequenceMean))
  }
}
