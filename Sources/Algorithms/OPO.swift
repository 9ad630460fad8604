public import Options

/// Exact on-policy training with the baseline of least variance.
///
///     b = Σ_i n_i·R_i / Σ_i n_i,  A_i = R_i − b      → ``LengthWeightedAdvantage``
///     loss = mean over tokens                        → ``TokenMean``
///
/// Hao et al. 2025, *On-Policy RL with Optimal Reward Baseline*. One epoch of one minibatch; no penalty and no entropy
/// bonus are needed.
///
/// Needs at least two completions a prompt.
public struct OPO: ComposedAlgorithm {
  public static let name = "opo"
  public static let summary = "length-weighted reward baseline, strictly on-policy (OPO 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    parts = shared.parts(
      &options, advantage: LengthWeightedAdvantage(singleton: shared.choices.singleton),
      surrogate: shared.clippedSurrogate(&options), aggregation: shared.aggregation(&options, default: .tokenMean))
  }
}
