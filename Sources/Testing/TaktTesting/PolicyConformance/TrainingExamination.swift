import Policies

/// Gradients, updates and state of one trainable policy under examination.
struct TrainingExamination<P: TrainablePolicy> {
  let policy: P
  let batch: TokenBatch<P.Prompt>
  /// The state in which each part of the examination begins.
  let start: [UInt8]
  let options: PolicyConformanceOptions
  var failures: [ConformanceFailure] = []

  init(policy: P, batch: TokenBatch<P.Prompt>, start: [UInt8], options: PolicyConformanceOptions) {
    self.policy = policy
    self.batch = batch
    self.start = start
    self.options = options
  }

  /// Runs a part from the start, with nothing accumulated.
  mutating func attempt(_ part: (inout Self) async throws -> Void) async {
    do {
      try await policy.restore(start)
      await policy.discardGradients()
      try await part(&self)
    } catch {
      fail("legal requests do not throw", "\(error)")
    }
  }

  mutating func fail(_ promise: String, _ observation: String) {
    failures.append(ConformanceFailure(promise, observation))
  }

  func outputs() async throws -> TokenOutputs {
    try await policy.outputs(for: batch, temperature: options.temperature)
  }

  func loss(of part: LinearLoss.Part = .all, seed: UInt64 = 1) async throws -> LinearLoss {
    var loss = LinearLoss(of: part, like: try await outputs(), seed: options.seed &+ seed)
    if !policy.capabilities.entropies { loss.weights.entropies = loss.weights.entropies.map { _ in 0 } }
    return loss
  }

  /// Adds the loss's gradient on a batch, and returns the outputs that the policy handed out.
  @discardableResult
  func accumulate(_ loss: LinearLoss, on batch: TokenBatch<P.Prompt>) async throws -> TokenOutputs {
    try await policy.accumulateGradients(for: batch, temperature: options.temperature) { outputs in
      (loss.weights.hasShape(of: outputs) ? loss.weights : TokenCotangents(zerosLike: outputs), outputs)
    }
  }

  /// Norm of what was accumulated; clears it and moves no parameter.
  func takeNorm() async throws -> Float {
    try await policy.applyGradients(learningRate: 0, maximumNorm: .greatestFiniteMagnitude)
  }

  /// One optimiser step against the gradient of the loss.
  func step(_ loss: LinearLoss) async throws {
    try await accumulate(loss, on: batch)
    _ = try await policy.applyGradients(learningRate: options.learningRate, maximumNorm: .greatestFiniteMagnitude)
  }
}

extension TokenOutputs {
  fileprivate func hasShape(of other: TokenOutputs) -> Bool {
    logProbabilities.count == other.logProbabilities.count && entropies.count == other.entropies.count
      && values.count == other.values.count
  }
}
