/// Something that learns step by step: reinforcement learning, supervised fine-tuning, encoder pretraining.
///
/// A stage depends on its step number and its checkpointed state alone, so that a run which was killed and resumed ends with the
/// same bytes as one that was not.
public protocol TrainingStage {
  /// Takes step `index`, counted from 0, and returns what it measured by metric name.
  mutating func step(_ index: Int) async throws -> [String: Double]

  /// What the last step saw beside its metrics; it is logged with them, and no checkpoint holds it.
  var observations: StepObservations { get }

  /// Everything that changes from step to step, by part.
  func state() async throws -> [String: [UInt8]]

  mutating func restore(_ state: [String: [UInt8]]) async throws

  /// What a person should know before the first step, such as rewards that were allowed against advice; to be logged.
  var warnings: [String] { get }
}

extension TrainingStage {
  public var warnings: [String] { [] }
}

extension TrainingStage {
  public var observations: StepObservations { StepObservations() }
}

/// What a step saw beside its metrics, for logs that show histograms and texts.
public struct StepObservations: Sendable, Hashable {
  /// Name → all values, such as the reward of each completion.
  public var distributions: [String: [Double]] = [:]
  /// Name → text, such as a few completions.
  public var texts: [String: String] = [:]

  public init() {}
}
