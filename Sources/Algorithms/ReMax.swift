public import Options

/// REINFORCE with the reward of the likeliest completion as baseline.
///
///     A_t = G_t − R(greedy completion of the same prompt)      → ``GreedyBaselineAdvantage``
///     ℓ_t = −A_t·log π_t,  loss = mean over completions of their token sums
///
/// Li et al. 2024, *ReMax: A Simple, Effective, and Efficient Reinforcement Learning Method for Aligning Large Language Models*. One sampled completion a prompt is enough; a greedy one is sampled beside it and not trained on.
///
/// Needs the greedy rewards. The clipped surrogate stands in for −A·log π, which it equals, gradient for gradient, on fresh
/// rollouts, and lets `minibatches` be more than 1.
public struct ReMax: ComposedAlgorithm {
  public static let name = "remax"
  public static let summary = "the greedy completion's reward as baseline (ReMax 2024)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    parts = shared.parts(
      &options, advantage: GreedyBaselineAdvantage(), surrogate: shared.clippedSurrogate(&options),
      aggregation: shared.aggregation(&options, default: .sequenceSum), requirements: .greedyRewards, klPlacement: .reward)
  }
}
