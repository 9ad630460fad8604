public import Algorithms

/// How PPO is run on a control problem.
///
/// The defaults take CartPole to its highest return within 50,000 steps. Updates cost far more than steps of so small a problem,
/// so the step's cost is that of the epochs: a higher learning rate than usual, falling to 0, makes up for the fewer updates.
public struct ControlSchedule: Sendable, Hashable {
  /// Environments side by side; one forward pass serves them all.
  public var environments = 10
  /// Steps of each environment between two updates.
  public var steps = 100
  /// Of all environments together.
  public var totalSteps = 50_000
  /// Falls linearly to 0.
  public var learningRate = 0.003
  /// γ.
  public var discount = 0.99
  /// λ.
  public var lambda = 0.95
  public var epochs = 4
  public var minibatches = 8
  /// Widths of the tanh layers.
  public var hidden = [64, 64]

  public init() {}

  /// Takt's PPO with the choices of Stable-Baselines3: whitening by minibatch, value loss without a half, gradient norm 0.5.
  public var algorithm: PPO {
    PPO(
      profile: .sb3, discount: discount, lambda: lambda,
      schedule: ScheduleOptions(epochs: epochs, minibatches: minibatches, targetKL: 0))
  }

  public var updates: Int { totalSteps / (environments * steps) }
}
