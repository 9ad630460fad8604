package import Policies

/// How a policy is examined.
public struct PolicyConformanceOptions: Sendable {
  /// The run's temperature, above 0.
  package var temperature: Float = 1
  /// Completions a prompt, at least 2.
  package var groupSize = 4
  package var maximumTokens = 16
  package var seed: UInt64 = 7
  /// Greatest difference, in nats or of values, between two computations of the same output.
  package var outputTolerance: Float = 1e-4
  /// Greatest difference between two computations of a gradient, relative to the gradient's norm.
  package var gradientTolerance: Float = 1e-3
  /// Greatest relative difference between a gradient and a finite difference.
  package var differenceTolerance: Float = 2e-2
  /// Step of the finite differences.
  package var differenceStep: Float = 1e-2
  /// How many parameters are compared with finite differences; they are drawn at random among those with a gradient.
  package var comparedParameters = 40
  /// Learning rate of the steps that are taken to see what moves.
  package var learningRate: Float = 1e-3
  /// A reference answer that the policy can write; `nil` leaves out what concerns supervised fine-tuning.
  package var answer: String?
  /// A token outside the vocabulary.
  package var foreignToken: Token = .max
  /// Where given, gradients are compared with finite differences.
  package var parameters: ParameterAccess?
  /// Moves the parameters by −step · gradient without the optimiser, and clears nothing; where given, the size of the gradient is compared
  /// with a finite difference along it.
  package var nudge: (@Sendable (_ step: Float) async throws -> Void)?
  /// Called before each row, such as to start a process anew that has ended in the one before.
  package var beforeRow: (@Sendable () async -> Void)?
  /// Whether other temperatures than `temperature` are tried.
  package var triesTemperatures = true

  public init() {}
}
