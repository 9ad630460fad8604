package import Algorithms

/// How PPO is run on a control problem.
///
/// The defaults take CartPole to its highest return within 50,000 steps. Updates cost far more than steps of so small a problem,
/// so the step's cost is that of the epochs: a higher learning rate than usual, falling to 0, makes up for the fewer updates.
package struct ControlSchedule: Sendable, Hashable {
  /// Environments side by side; one forward pass serves them all.
  package var environments = 10
  /// Steps of each environment between two updates.
  package var steps = 100
  /// Of all environments together.
  package var totalSteps = 50_000
  /// Falls linearly to 0.
  package var learningRate = 0.003
  /// γ.
  package var discount = 0.99
  /// λ.
  package var lambda = 0.95
  package var epochs = 4
  package var minibatches = 8
  /// Widths of the tanh layers.
  package var hidden = [64, 64]

  package init() {}

  /// Takt's PPO with the choices of Stable-Baselines3: whitening by minibatch, value loss without a half, gradient norm 0.5.
  package var algorithm: PPO {
    PPO(
      profile: .sb3, discount: discount, lambda: lambda,
      schedule: ScheduleOptions(epochs: epochs, minibatches: minibatches, targetKL: 0))
  }

  package var updates: Int { totalSteps / (environments * steps) }
}
