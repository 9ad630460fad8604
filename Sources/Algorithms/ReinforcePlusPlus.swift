public import Options

/// REINFORCE with PPO's stabilisers and no value head: rewards to come, whitened over the whole batch.
///
///     without baseline:  A = whitened G_t,  G_t = Σ_{k≥t} γ^{k−t}·r_k     → ``ReturnAdvantage``
///     with baseline:     A = whitened (R − μ of the group)                → ``BaselineReturnAdvantage``
///     ℓ_t = −min(ρ_t·A_t, clip(ρ_t)·A_t),  loss = mean over tokens        → ``ClippedSurrogate``, ``TokenMean``
///
/// Hu et al. 2025, *REINFORCE++: Stabilizing Critic-Free Policy Optimization with Global Advantage Normalization*. A
/// deviation over the batch does not blow up a group whose rewards hardly differ. The penalty on the distance from the reference
/// is a reward of each token without baseline and a loss with it.
///
/// The option `baseline-group` chooses; with it the algorithm needs at least two completions a prompt.
public struct ReinforcePlusPlus: ComposedAlgorithm {
  public static let name = "reinforce++"
  public static let summary = "returns whitened over the batch, with or without a group baseline (REINFORCE++ 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let hasBaseline = options.flag(
      "baseline-group", default: shared.choices.plusHasBaseline, help: "subtract the group's mean before whitening")
    let discount = options.number("discount", default: shared.choices.discount, in: 0...1, help: "γ, without baseline")
    let whitening = shared.whitening(&options)
    let advantage: any AdvantageEstimator =
      hasBaseline
      ? BaselineReturnAdvantage(whitening: whitening, singleton: shared.choices.singleton, tiedStayZero: whitening.zerosTies)
      : ReturnAdvantage(discount: discount, whitening: whitening)
    parts = shared.parts(
      &options, advantage: advantage, surrogate: shared.clippedSurrogate(&options),
      aggregation: shared.aggregation(&options, default: .tokenMean), requirements: hasBaseline ? .groups : [],
      klPlacement: hasBaseline ? .loss : .reward, klEstimator: .k2)
  }
}
