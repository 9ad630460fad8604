import AudioLanguageModel
import Experiments
import Policies
import Training

/// Sampling as in a step of reinforcement learning: 16 tracks, 2 questions each, 8 completions of each question.
///
/// An untrained policy hardly ever ends an answer, so completions run to the limit on tokens: a trained one samples fewer tokens in
/// less time, at fewer a second where answers are short, because reading the prompts weighs more.
struct SamplingBench: BenchFamily {
  static let completions = 8
  static let maximumTokens = 16

  private let policy: EmbeddedPolicy
  private let source: QuestionExercises<LoadedEmbeddedPolicy>
  private let cost: TransformerCost
  private var step = 0
  private var size = (completions: 0, tokens: 0)

  init(_ material: BenchMaterial) throws {
    policy = material.policy()
    source = QuestionExercises(
      tracks: RunTracks(material.tracks), loaded: material.loaded(policy), asked: BenchMaterial.asked(tsg: 1, mtr: 1),
      schedule: material.schedule)
    cost = TransformerCost(of: policy, encoder: material.encoder.configuration)
  }

  var rows: [BenchRow] {
    [
      BenchRow(
        "sampling", "sampling", unit: "tokens/s", .rate, limit: "its products at the peak, all threads",
        explanation:
          "\(size.completions) completions of \(size.tokens) tokens in all by an untrained policy, prompts included; "
          + "a trained one answers in fewer tokens")
    ]
  }

  mutating func measure(beside limits: MachineLimits) async throws -> [BenchSample] {
    let exercises = try await source.exercises(step: step, round: 0)
    let requests = exercises.enumerated().map { index, exercise in
      SamplingRequest(prompt: exercise.prompt, count: Self.completions, seed: UInt64(step * exercises.count + index))
    }
    let start = ContinuousClock.now
    let drawn = try await policy.sample(requests, with: SamplingParameters(maximumTokens: Self.maximumTokens))
    let seconds = start.elapsed
    step += 1
    let tokens = drawn.map { $0.map(\.tokens) }
    size = (tokens.reduce(0) { $0 + $1.count }, tokens.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } })
    let operations = cost.forward(TokenTree(requests.map(\.prompt), completions: tokens))
    let count = Double(size.tokens)
    return [BenchSample(count / seconds, limit: count * limits.productsOnAllThreads / operations)]
  }
}
