public import Options

/// The plain policy gradient.
///
///     A = G_t, the reward to come, whitened over the batch unless `whiten` is false    → ``ReturnAdvantage``
///     ℓ_t = −A_t·log π_t                                                                → ``Reinforce``
///     loss = mean over completions of their token sums                                  → ``TokenSum``
///
/// Williams 1992, *Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning*.
/// Whitening is a baseline, the batch's mean, and a scale; it is on because the variance of the bare estimator grows with the
/// size of the rewards. Right for one epoch of one minibatch only: there is no ratio to correct for older rollouts.
///
/// Needs nothing of the policy.
public struct REINFORCE: ComposedAlgorithm {
  public static let name = "reinforce"
  public static let summary = "log-probabilities weighted by the reward to come (Williams 1992)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let whitens = options.flag("whiten", default: true, help: "advantages of the batch to mean 0 and deviation 1")
    let discount = options.number("discount", default: shared.choices.discount, in: 0...1, help: "γ")
    let schedule = shared.schedule(&options)
    if schedule.epochs > 1 || schedule.minibatches > 1 {
      options.record(
        "reinforce has no ratio to correct for older rollouts: leave epochs and minibatches at 1, or choose ppo", at: "epochs")
    }
    parts = shared.parts(
      &options, advantage: ReturnAdvantage(discount: discount, whitening: whitens ? shared.whitening(&options) : nil),
      surrogate: Reinforce(), aggregation: shared.aggregation(&options, default: .sequenceSum), requirements: [],
      schedule: schedule, klPlacement: .reward)
  }
}
