public import Policies

/// How a policy is examined.
public struct PolicyConformanceOptions: Sendable {
  /// The run's temperature, above 0.
  public var temperature: Float = 1
  /// Completions a prompt, at least 2.
  public var groupSize = 4
  public var maximumTokens = 16
  public var seed: UInt64 = 7
  /// Greatest difference, in nats or of values, between two computations of the same output.
  public var outputTolerance: Float = 1e-4
  /// Greatest difference between two computations of a gradient, relative to the gradient's norm.
  public var gradientTolerance: Float = 1e-3
  /// Greatest relative difference between a gradient and a finite difference.
  public var differenceTolerance: Float = 2e-2
  /// Step of the finite differences.
  public var differenceStep: Float = 1e-2
  /// How many parameters are compared with finite differences; they are drawn at random among those with a gradient.
  public var comparedParameters = 40
  /// Learning rate of the steps that are taken to see what moves.
  public var learningRate: Float = 1e-3
  /// A reference answer that the policy can write; `nil` leaves out what concerns supervised fine-tuning.
  public var answer: String?
  /// A token outside the vocabulary.
  public var foreignToken: Token = .max
  /// Where given, gradients are compared with finite differences.
  public var parameters: ParameterAccess?
  /// Moves the parameters by −step · gradient without the optimiser, and clears nothing; where given, the size of the gradient is compared
  /// with a finite difference along it.
  public var nudge: (@Sendable (_ step: Float) async throws -> Void)?
  /// Whether other temperatures than `temperature` are tried.
  public var triesTemperatures = true

  public init() {}
}
