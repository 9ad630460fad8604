public import Options

/// REINFORCE with the mean of the other completions as baseline, a completion being one action.
///
///     A_i = R_i − mean of the other rewards              → ``LeaveOneOutAdvantage``
///     s = exp Σ_t log ρ_t,  ℓ = −min(s·A, clip(s)·A)     → ``SequenceSurrogate`` with the sum of log ratios
///     loss = mean over completions                       → ``SequenceMean``
///     R includes −β·Σ_t k1_t where a reference is asked for
///
/// Ahmadian et al. 2024, *Back to Basics: Revisiting REINFORCE-Style Optimization for Learning from Human Feedback in LLMs*.
/// TRL takes a completion as one action; verl, OpenRLHF, ms-swift and NeMo-RL put the same advantage into the clipped loss of each
/// token, which `ratio: token` does, and ms-swift can also divide by the group's deviation (`scale: group`).
///
/// With one epoch of one minibatch, s is 1 and the clip never acts. The penalty sits in the reward, as in the paper.
///
/// Needs at least two completions a prompt.
public struct RLOO: ComposedAlgorithm {
  public static let name = "rloo"
  public static let summary = "rewards against the mean of the others, completions as actions (Back to Basics 2024)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let whitens = options.flag("whiten", default: false, help: "advantages of the batch to mean 0 and deviation 1")
    let scale = options.choice(
      "scale", default: shared.choices.leaveOneOutScale.rawValue, of: ["none", "group"], help: "what differences are divided by"
    )
    let ratio = options.choice(
      "ratio", default: shared.choices.leaveOneOutRatio, help: "whether completions or tokens are actions")
    let clip = shared.clippedSurrogate(&options)
    let advantage = LeaveOneOutAdvantage(
      scale: scale == "group" ? .group(epsilon: shared.choices.advantageEpsilon) : .none,
      singleton: shared.choices.singleton,
      whitening: whitens ? Whitening(unit: .completions, guarding: .added(shared.choices.advantageEpsilon)) : nil)
    parts = shared.parts(
      &options, advantage: advantage,
      surrogate: ratio == .completion ? SequenceSurrogate(clip: clip, ratio: .sum) : clip,
      aggregation: shared.aggregation(&options, default: ratio == .completion ? .sequenceMean : nil), klPlacement: .reward)
  }
}
