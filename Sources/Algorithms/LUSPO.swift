public import Options

/// GSPO without its bias towards short completions: each completion counts by its length.
///
///     s as in ``GSPO``,  loss = (1/N)·Σ_i n_i·ℓ_i      → ``SequenceSurrogate``, ``TokenSum`` a completion
///
/// Liu et al. 2026, *Length-Unbiased Sequence Policy Optimization: Revealing and Controlling Response Length Variation in RLVR*.
/// The gradient grows with the length of completions, so the learning rate belongs to it. Clip range as for GSPO.
///
/// Needs at least two completions a prompt.
public struct LUSPO: ComposedAlgorithm {
  public static let name = "luspo"
  public static let summary = "GSPO with completions weighted by length (LUSPO 2026)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let clip = shared.clippedSurrogate(&options, paper: (3e-4, 4e-4))
    parts = shared.parts(
      &options, advantage: shared.groupAdvantage(&options), surrogate: SequenceSurrogate(clip: clip),
      aggregation: shared.aggregation(&options, default: .sequenceSum))
  }
}
