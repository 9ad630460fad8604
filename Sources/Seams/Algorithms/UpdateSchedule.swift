/// How often each batch of rollouts is used, and how far each update may go.
public struct UpdateSchedule: Sendable, Hashable {
  /// Passes over a batch of rollouts.
  public var epochs: Int
  /// Optimiser steps a pass.
  public var minibatches: Int
  /// Gradients are scaled down to this Euclidean norm.
  public var maximumGradientNorm: Double
  /// The update stops early once the mean k3 estimate of KL(behaviour ‖ policy) passes this, in nats; `nil` never stops.
  public var targetKL: Double?

  public init(epochs: Int = 1, minibatches: Int = 1, maximumGradientNorm: Double = 1, targetKL: Double? = nil) {
    self.epochs = epochs
    self.minibatches = minibatches
    self.maximumGradientNorm = maximumGradientNorm
    self.targetKL = targetKL
  }
}
