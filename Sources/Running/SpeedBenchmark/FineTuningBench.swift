import Algorithms
import AudioLanguageModel
import Experiments
import Training

/// A supervised step of question fine-tuning: 16 tracks with 6 questions each.
struct FineTuningBench: BenchFamily {
  private var stage: SupervisedStage<EmbeddedPolicy, QuestionExamples<LoadedEmbeddedPolicy>>
  private let examples: QuestionExamples<LoadedEmbeddedPolicy>
  private let cost: TransformerCost
  private var step = 0
  private var exampleCount = 0

  init(_ material: BenchMaterial) throws {
    let policy = material.policy()
    examples = QuestionExamples(
      tracks: RunTracks(material.tracks), loaded: material.loaded(policy), asked: BenchMaterial.asked(tsg: 4, mtr: 2),
      balance: .question,
      schedule: material.schedule)
    stage = SupervisedStage(policy: policy, source: examples, learningRate: LearningRateSchedule(base: 1e-5, steps: 1000))
    cost = TransformerCost(of: policy, encoder: material.encoder.configuration)
  }

  var rows: [BenchRow] {
    [
      BenchRow(
        "fine_tuning_step", "question fine-tuning step", unit: "GFLOP/s", .rate, limit: "products, all threads",
        explanation: "\(exampleCount) questions about \(BenchMaterial.trackCount) tracks, each track computed once; products "
          + "of the shapes alone are counted, attention by rows seen")
    ]
  }

  mutating func measure(beside limits: MachineLimits) async throws -> [BenchSample] {
    let batch = try await examples.examples(step: step)
    exampleCount = batch.count
    let operations = cost.training(TokenTree(batch.map(\.prompt), completions: batch.map { [$0.answer] }))
    let start = ContinuousClock.now
    _ = try await stage.step(step)
    let seconds = start.elapsed
    step += 1
    return [BenchSample(operations / seconds / 1e9, limit: limits.productsOnAllThreads / 1e9)]
  }
}
