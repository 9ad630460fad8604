public import Options

/// GRPO for several rewards: each is normalised within its group before they are added.
///
///     A_k = (R_k − μ_k) / (σ_k + ε),  A = whitened Σ_k w_k·A_k over the batch      → ``DecoupledAdvantage``
///     loss as in ``GRPO``
///
/// Liu et al. 2026, *GDPO: Group reward-Decoupled Normalization Policy Optimization for Multi-reward RL Optimization*.
/// The weights of the reward specification then weigh opinions, not units: a component of small spread counts as much as one of
/// large spread. Four toolkits whiten in four ways; Takt whitens over completions, adds ε to the sample deviation as TRL does, and leaves groups that are tied in every
/// component at exactly 0. A penalty or a punishment in the reward is no component: it acts once, on the sum.
///
/// Needs at least two completions a prompt, and a reward of at least two components to differ from GRPO.
public struct GDPO: ComposedAlgorithm {
  public static let name = "gdpo"
  public static let summary = "each reward component normalised in its group, then added (GDPO 2026)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let unit = options.choice(
      "whitening-unit", default: shared.choices.decoupledUnit, help: "what counts once in the whitening")
    var whitening = shared.whitening(&options)
    let zerosTies = whitening.zerosTies
    whitening.unit = unit
    let epsilon = options.number(
      "whitening-epsilon", default: shared.choices.decoupledWhiteningEpsilon ?? shared.choices.advantageEpsilon, in: 0...1,
      unit: "advantage", help: "added to the deviation of completions; of tokens the profile guards it")
    if unit == .completions { whitening = Whitening(unit: .completions, guarding: .added(epsilon), zerosTies: zerosTies) }
    parts = shared.parts(
      &options,
      advantage: DecoupledAdvantage(
        component: shared.groupAdvantage(&options, epsilon: shared.choices.decoupledEpsilon), whitening: whitening,
        tiedStayZero: zerosTies),
      surrogate: shared.clippedSurrogate(&options), aggregation: shared.aggregation(&options))
    parts.selection.comparesComponents = true
  }
}
