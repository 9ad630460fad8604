public import Options

/// GRPO with decoupled clipping, dynamic sampling, a token mean and a soft punishment for length.
///
///     A = (R − μ) / (σ + ε) of the group, tied groups replaced by others     → ``CompletionSelection``
///     ℓ_t with clip range [1 − 0.2, 1 + 0.28]                               → ``ClippedSurrogate``
///     loss = mean over tokens of the minibatch                              → ``TokenMean``
///     R falls once a completion enters the last `overlong.buffer` tokens    → ``OverlongPunishment``
///
/// Yu et al. 2025, *DAPO: An Open-Source LLM Reinforcement Learning System at Scale*, eq. 8, 10, 11 and 13. No penalty on the
/// distance from a reference policy (§2.3). Refilling is bounded by `refill-rounds`; what is then missing is dropped. The
/// overlong punishment is off until `overlong.buffer` and `overlong.limit` say how long answers may be: the paper's 4,096 of 20,480
/// tokens mean nothing for answers of a few dozen.
///
/// Needs at least two completions a prompt.
public struct DAPO: ComposedAlgorithm {
  public static let name = "dapo"
  public static let summary = "clip-higher, dynamic sampling, token mean, soft overlong punishment (DAPO 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: shared.clippedSurrogate(&options, paper: (0.2, 0.28)),
      aggregation: shared.aggregation(&options, default: shared.choices.tokenMean), tied: .refill)
  }
}
