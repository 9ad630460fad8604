public import Options

/// Training for the best of k answers rather than the average one.
///
///     A = (R_best − R_second) / (σ + ε) for the best completion of a group, 0 for the others      → ``BestOfGroupAdvantage``
///     loss as in ``GRPO``
///
/// Tang et al. 2025, *Optimizing Language Models for Inference Time Objectives using Reinforcement Learning*, in the form that
/// verl ships (`grpo_passk`). k is the number of completions a prompt. Use it where a later stage picks the best answer; it lowers no answer's
/// probability.
///
/// Needs at least two completions a prompt, and no demonstrations, which would be the best of most groups.
public struct PassAtK: ComposedAlgorithm {
  public static let name = "pass-at-k"
  public static let summary = "credit for the best of a group by its lead (Tang et al. 2025)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let advantage = BestOfGroupAdvantage(
      isScaled: options.choice("scale", default: "group", of: ["group", "none"], help: "what the lead is divided by")
        == "group",
      epsilon: options.number(
        "advantage-epsilon", default: shared.choices.advantageEpsilon, in: 0...1, unit: "reward", help: "added to the deviation"
      ))
    parts = shared.parts(
      &options, advantage: advantage, surrogate: shared.clippedSurrogate(&options),
      aggregation: shared.aggregation(&options), requirements: [.groups, .sampledCompletions])
  }
}
