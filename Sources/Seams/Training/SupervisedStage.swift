public import Algorithms
public import Policies

/// Supervised fine-tuning over the same seam as reinforcement learning: the loss is the negative log-likelihood of the answer,
/// and its cotangents go where an advantage's would.
public struct SupervisedStage<P: TrainablePolicy, Source: SupervisedExampleSource>: TrainingStage
where P.Prompt == Source.Prompt {
  public let policy: P
  public let source: Source
  public let learningRate: LearningRateSchedule
  public let maximumGradientNorm: Float

  public init(policy: P, source: Source, learningRate: LearningRateSchedule, maximumGradientNorm: Float = 1) {
    self.policy = policy
    self.source = source
    self.learningRate = learningRate
    self.maximumGradientNorm = maximumGradientNorm
  }

  public mutating func step(_ index: Int) async throws -> [String: Double] {
    let examples = try await source.examples(step: index)
    guard !examples.isEmpty else { throw TrainingError(.noData, "step \(index): the source gave no example to learn from") }
    let tokenCount = examples.reduce(0) { $0 + $1.answer.count }
    let targets = Self.targets(examples)
    let batch = TokenBatch(
      prompts: examples.map(\.prompt), completions: examples.map(\.answer), promptIndices: Array(examples.indices))
    let objective = Objective([(1, NegativeLogLikelihood())])
    let report = try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
      objective.evaluate(outputs, targets)
    }
    guard report.loss.isFinite else {
      throw TrainingError(
        .nonFinite, "step \(index): the loss is \(report.loss); lower the learning rate or resume from a checkpoint")
    }
    let rate = learningRate.rate(step: index)
    let norm = try await policy.applyGradients(learningRate: Float(rate), maximumNorm: maximumGradientNorm)
    var scalars = [
      "supervised/loss": report.loss, "update/learning_rate": rate,
      "completion/length_mean": Double(tokenCount) / Double(examples.count),
    ]
    if policy.capabilities.norm { scalars["update/gradient_norm"] = Double(norm) }
    return scalars
  }

  /// Each example's loss is the weighted mean over its tokens; examples count by their weights, which are scaled to a sum of 1.
  private static func targets(_ examples: [SupervisedExample<P.Prompt>]) -> TokenTargets {
    let total = examples.reduce(Float(0)) { $0 + $1.weight }
    var sequences: [Range<Int>] = []
    var weights: [Float] = []
    for example in examples {
      sequences.append(weights.count..<weights.count + example.answer.count)
      if example.tokenWeights.isEmpty {
        let share = example.weight / (total * Float(max(example.answer.count, 1)))
        weights += [Float](repeating: share, count: example.answer.count)
      } else {
        let share = example.weight / (total * example.tokenWeights.reduce(0, +))
        weights += example.tokenWeights.map { share * $0 }
      }
    }
    return TokenTargets(sequences: sequences, behaviorLogProbabilities: [], advantages: [], weights: weights)
  }

  public func state() async throws -> [String: [UInt8]] { ["policy": try await policy.checkpoint()] }

  public mutating func restore(_ state: [String: [UInt8]]) async throws {
    guard let bytes = state["policy"] else {
      throw TrainingError(.badCheckpoint, "the checkpoint holds no policy: it is of another stage")
    }
    try await policy.restore(bytes)
  }
}
