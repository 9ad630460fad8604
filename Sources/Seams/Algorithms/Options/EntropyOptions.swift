import Options

/// The bonus for staying undecided; what is not given is the profile's choice.
public struct EntropyOptions: Sendable, Hashable {
  var coefficient: Double?
  var target: Double?
  var step: Double?
  var maximum: Double?
  var aggregation: TermAggregation?

  /// A bonus of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - coefficient: The weight of H in the objective, 0…100. Default 0.
  ///   - target: The entropy to hold, 0…100 nats a token; 0 keeps the weight fixed (Skywork-OR1 2025). Default 0.
  ///   - step: How far the weight moves a step towards the target, 0…1. Default 0.005.
  ///   - maximum: The largest weight, 0…100. Default 1.
  ///   - aggregation: Averaged as the policy loss, or over tokens whatever that is. Default `loss`, of TRL and OpenRLHF `tokenMean`.
  public init(
    coefficient: Double? = nil, target: Double? = nil, step: Double? = nil, maximum: Double? = nil,
    aggregation: TermAggregation? = nil
  ) {
    self.coefficient = coefficient
    self.target = target
    self.step = step
    self.maximum = maximum
    self.aggregation = aggregation
  }

  func control(
    _ options: inout OptionReader, _ choices: ProfileChoices
  ) -> (EntropyControl, aggregation: (any LossAggregation)?) {
    options.section("entropy") { options in
      let coefficient = options.number(
        "coefficient", default: coefficient ?? choices.entropyCoefficient, in: 0...100, help: "weight of the bonus")
      let target = options.number(
        "target", default: target ?? 0, in: 0...100, unit: "nats", help: "entropy to hold; 0 keeps the weight fixed")
      let step = options.number("step", default: step ?? 0.005, in: 0...1, help: "how far the weight moves a step")
      let maximum = options.number("maximum", default: maximum ?? 1, in: 0...100, help: "largest weight")
      let control = EntropyControl(
        coefficient: coefficient,
        target: target > 0 ? EntropyControl.Target(entropy: target, step: step, maximum: maximum) : nil)
      return (control, aggregation: TermAggregation.read(&options, default: aggregation ?? choices.entropyAggregation))
    }
  }
}
