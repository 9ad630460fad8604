import Options

/// How often a batch is used and how far an update goes; what is not given is the algorithm's or the profile's choice.
public struct ScheduleOptions: Sendable, Hashable {
  var epochs: Int?
  var minibatches: Int?
  var maximumGradientNorm: Double?
  var targetKL: Double?

  /// A schedule of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - epochs: Passes over a batch of rollouts, 1…1000. Default 1, of PPO 4 (Huang et al. 2022).
  ///   - minibatches: Optimiser steps a pass, 1…100,000. Default 1, of PPO 4.
  ///   - maximumGradientNorm: Gradients are scaled down to this Euclidean norm, 10⁻⁹…10⁹. Default 1, of Stable-Baselines3 0.5.
  ///   - targetKL: The k3 estimate of KL(behaviour ‖ policy) that stops an update early, 0…1000 nats; 0 never does. Default never, of
  ///     PPO 0.03.
  public init(
    epochs: Int? = nil, minibatches: Int? = nil, maximumGradientNorm: Double? = nil, targetKL: Double? = nil
  ) {
    self.epochs = epochs
    self.minibatches = minibatches
    self.maximumGradientNorm = maximumGradientNorm
    self.targetKL = targetKL
  }

  func schedule(
    _ options: inout OptionReader, _ choices: ProfileChoices, epochs ownEpochs: Int, minibatches ownMinibatches: Int
  ) -> UpdateSchedule {
    UpdateSchedule(
      epochs: options.integer("epochs", default: epochs ?? ownEpochs, in: 1...1000, help: "passes over a batch of rollouts"),
      minibatches: options.integer(
        "minibatches", default: minibatches ?? ownMinibatches, in: 1...100_000, help: "optimiser steps a pass"),
      maximumGradientNorm: options.number(
        "maximum-gradient-norm", default: maximumGradientNorm ?? choices.maximumGradientNorm, in: 1e-9...1e9,
        help: "gradients are scaled down to it"),
      targetKL: positive(
        options.number(
          "target-kl", default: targetKL ?? choices.targetKL, in: 0...1000, unit: "nats",
          help: "stops an update early; 0 never does")))
  }
}
