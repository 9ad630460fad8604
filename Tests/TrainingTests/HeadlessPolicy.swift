import Policies
import TaktTesting

/// A table without its value head, and with log-probabilities that differ from those it sampled with by `offset`.
struct HeadlessPolicy: TrainablePolicy {
  let base: TabularPolicy
  var offset: Float = 0
  var hidesOffsets = false

  var hasValueHead: Bool { false }

  func sample(
    _ requests: [SamplingRequest<Int>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try await base.sample(requests, with: parameters).map { group in
      group.map { completion in
        var completion = completion
        completion.values = []
        if hidesOffsets { completion.textOffsets = [] }
        return completion
      }
    }
  }

  func outputs(for batch: TokenBatch<Int>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    moved(try await base.outputs(for: batch, temperature: temperature))
  }

  private func moved(_ outputs: TokenOutputs) -> TokenOutputs {
    TokenOutputs(logProbabilities: outputs.logProbabilities.map { $0 + offset }, entropies: outputs.entropies, values: [])
  }

  func tokens(for answer: String) throws(PolicyError) -> [Token] { try base.tokens(for: answer) }

  func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Int>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    try await base.accumulateGradients(for: batch, temperature: temperature) { outputs in
      var (cotangents, report) = pullback(moved(outputs))
      cotangents.values = [Float](repeating: 0, count: outputs.values.count)
      return (cotangents, report)
    }
  }

  func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    try await base.applyGradients(learningRate: learningRate, maximumNorm: maximumNorm)
  }

  func discardGradients() async { await base.discardGradients() }

  func frozen() async -> TabularPolicy { await base.frozen() }

  func checkpoint() async throws(PolicyError) -> [UInt8] { await base.checkpoint() }

  func restore(_ checkpoint: [UInt8]) async throws(PolicyError) { try await base.restore(checkpoint) }
}
