import Options

/// How the completions of a prompt are compared; what is not given is the profile's choice.
public struct ComparisonOptions: Sendable, Hashable {
  var scale: GroupRelativeAdvantage.Scale?
  var baseline: ProfileChoices.Baseline?
  var epsilon: Double?
  var singleton: GroupRelativeAdvantage.Singleton?

  /// A comparison of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - scale: What R − μ is divided by: σ of the `group` (DeepSeekMath 2024, §4.1.2), of the `batch`, or nothing (Dr. GRPO 2025).
  ///     Default `group`.
  ///   - baseline: μ: the `mean` of the group or, `leaveOneOut`, of the other completions (RLOO 2024), which has no `batch` scale.
  ///     Default `mean`, of NeMo-RL `leaveOneOut`.
  ///   - advantageEpsilon: ε, added to σ, 0…1 in units of reward. Default 10⁻⁴, of verl and NeMo-RL 10⁻⁶, of OpenRLHF 10⁻⁹.
  ///   - singleton: What a lone rewarded completion gets: `zero`, or its `reward` as verl has it. Default `zero`.
  public init(
    scale: GroupRelativeAdvantage.Scale? = nil, baseline: ProfileChoices.Baseline? = nil, advantageEpsilon: Double? = nil,
    singleton: GroupRelativeAdvantage.Singleton? = nil
  ) {
    self.scale = scale
    self.baseline = baseline
    epsilon = advantageEpsilon
    self.singleton = singleton
  }

  /// `ownEpsilon` stands for the profile's ε where an algorithm has its own.
  func estimator(
    _ options: inout OptionReader, _ choices: ProfileChoices, ownEpsilon: Double? = nil
  ) -> any AdvantageEstimator {
    let scale = options.choice("scale", default: scale ?? choices.scale, help: "what differences of rewards are divided by")
    let baseline = options.choice("baseline", default: baseline ?? choices.baseline, help: "what a reward is compared with")
    let epsilon = options.number(
      "advantage-epsilon", default: epsilon ?? ownEpsilon ?? choices.advantageEpsilon, in: 0...1, unit: "reward",
      help: "added to the deviation")
    let singleton = options.choice(
      "singleton", default: singleton ?? choices.singleton, help: "advantage of a lone rewarded completion")
    switch baseline {
    case .mean: return GroupRelativeAdvantage(scale: scale, epsilon: epsilon, singleton: singleton)
    case .leaveOneOut:
      if scale == .batch { options.record("leave-one-out has no batch scale: choose group or none", at: "scale") }
      return LeaveOneOutAdvantage(scale: scale == .none ? .none : .others(epsilon: epsilon), singleton: singleton)
    }
  }
}
