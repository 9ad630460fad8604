public import Algorithms
public import Policies

/// Supervised fine-tuning over the same seam as reinforcement learning: the loss is the negative log-likelihood of the answer,
/// and its cotangents go where an advantage's would.
public struct SupervisedStage<P: TrainablePolicy, Source: LessonSource>: TrainingStage where P.Prompt == Source.Prompt {
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
    let lessons = try await source.lessons(step: index)
    guard !lessons.isEmpty else { throw TrainingError(.noData, "step \(index): the source gave no lesson to learn from") }
    let tokenCount = lessons.reduce(0) { $0 + $1.answer.count }
    let targets = Self.targets(lessons)
    let batch = TokenBatch(
      prompts: lessons.map(\.prompt), completions: lessons.map(\.answer), promptIndices: Array(lessons.indices))
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
    return [
      "supervised/loss": report.loss, "update/gradient_norm": Double(norm), "update/learning_rate": rate,
      "completion/length_mean": Double(tokenCount) / Double(lessons.count),
    ]
  }

  /// Each lesson's loss is the weighted mean over its tokens; lessons count by their weights, which are scaled to a sum of 1.
  private static func targets(_ lessons: [Lesson<P.Prompt>]) -> TokenTargets {
    let total = lessons.reduce(Float(0)) { $0 + $1.weight }
    var sequences: [Range<Int>] = []
    var weights: [Float] = []
    for lesson in lessons {
      sequences.append(weights.count..<weights.count + lesson.answer.count)
      if lesson.tokenWeights.isEmpty {
        let share = lesson.weight / (total * Float(max(lesson.answer.count, 1)))
        weights += [Float](repeating: share, count: lesson.answer.count)
      } else {
        let share = lesson.weight / (total * lesson.tokenWeights.reduce(0, +))
        weights += lesson.tokenWeights.map { share * $0 }
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
