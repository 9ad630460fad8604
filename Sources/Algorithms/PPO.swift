public import Options

/// Proximal policy optimisation with a value head.
///
///     A, returns = GAE(γ, λ), whitened over the batch      → ``GeneralizedAdvantage``, ``Whitening``
///     ℓ_t = −min(ρ_t·A_t, clip(ρ_t)·A_t) + c_v·value loss − c_e·H_t    → ``ClippedSurrogate``, ``ValueLoss``, ``EntropyBonus``
///     loss = mean over tokens                              → ``TokenMean``
///
/// Schulman et al. 2017, *Proximal Policy Optimization Algorithms*, eq. 9. Several epochs of minibatches over one batch of
/// rollouts; an update stops once the k3 estimate of KL(behaviour ‖ policy) passes `target-kl`.
///
/// Defaults: γ 1, because a completion's one reward comes at its end and must not shrink with its length; `clip-high` 0.2, since
/// several epochs use the whole range (eq. 7 of the paper); 4 epochs of 4 minibatches (Huang et al. 2022, *The 37
/// Implementation Details of PPO*); `target-kl` 0.03 nats, where the toolkits have none; the others as in ``Profile/takt``. With `discount` 0.99 the same
/// code solves control problems.
///
/// Needs a value head.
public struct PPO: ComposedAlgorithm {
  public static let name = "ppo"
  public static let summary = "value head, generalised advantages, clipped ratios over several epochs (Schulman et al. 2017)"
  public var parts: AlgorithmParts

  public init(options: inout OptionReader) {
    let shared = SharedOptions(&options, for: Self.name)
    let choices = shared.choices
    let scope = options.choice(
      "whiten", default: choices.whiteningScope, help: "over what advantages get mean 0 and deviation 1")
    let estimator = GeneralizedAdvantage(
      discount: options.number("discount", default: choices.discount, in: 0...1, help: "γ"),
      lambda: options.number("lambda", default: choices.lambda, in: 0...1, help: "λ"),
      whitening: scope == .batch ? choices.whitening : nil)
    let schedule = shared.schedule(&options, epochs: choices.epochs, minibatches: choices.minibatches)
    parts = shared.parts(
      &options, advantage: estimator, surrogate: shared.clippedSurrogate(&options, paper: (choices.clipLow, choices.clipLow)),
      aggregation: shared.aggregation(&options, default: .tokenMean), requirements: [], schedule: schedule, klPlacement: .reward
    )
    parts.minibatchWhitening = scope == .minibatch ? choices.whitening : nil
    parts.value = options.section("value") { options in
      let clip = options.number("clip", default: choices.valueClip, in: 0...1e6, unit: "return", help: "c; 0 is none")
      let form = options.choice("form", default: choices.valueForm, help: "maximum of two squares, or one square")
      let coefficient = options.number(
        "coefficient", default: choices.valueCoefficient, in: 0...1000, help: "weight of the value loss")
      return (coefficient, ValueLoss(form: form, clip: shared.positive(clip)))
    }
  }
}
