/// Something that learns step by step: reinforcement learning, supervised fine-tuning, encoder pretraining.
///
/// A stage depends on its step number and its checkpointed state alone, so that a run which was killed and resumed ends with the
/// same bytes as one that was not.
public protocol TrainingStage {
  /// Takes step `index`, counted from 0, and returns what it measured by metric name.
  mutating func step(_ index: Int) async throws -> [String: Double]

  /// Everything that changes from step to step, by part.
  func state() async throws -> [String: [UInt8]]

  mutating func restore(_ state: [String: [UInt8]]) async throws
}
