import Policies
import TaktTesting

/// A table whose sampler, as an engine of its own would, reports log-probabilities that are off by `lie` nats.
struct LyingSampler: TrainablePolicy {
  let base: TabularPolicy
  var lie: Float

  var hasValueHead: Bool { true }

  func sample(
    _ requests: [SamplingRequest<Int>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try await base.sample(requests, with: parameters).map { group in
      group.map { completion in
        var completion = completion
        completion.logProbabilities = completion.logProbabilities.map { $0 + lie }
        return completion
      }
    }
  }

  func outputs(for batch: TokenBatch<Int>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try await base.outputs(for: batch, temperature: temperature)
  }

  func tokens(for answer: String) throws(PolicyError) -> [Token] { try base.tokens(for: answer) }

  func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Int>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    try await base.accumulateGradients(for: batch, temperature: temperature, pullback: pullback)
  }

  func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    try await base.applyGradients(learningRate: learningRate, maximumNorm: maximumNorm)
  }

  func discardGradients() async { await base.discardGradients() }

  func frozen() async -> TabularPolicy { await base.frozen() }

  func checkpoint() async throws(PolicyError) -> [UInt8] { await base.checkpoint() }

  func restore(_ checkpoint: [UInt8]) async throws(PolicyError) { try await base.restore(checkpoint) }
}
