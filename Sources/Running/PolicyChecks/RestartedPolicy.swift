import Experiments
import ExternalPolicy
import Policies
import Synchronization

/// A policy in another process that is started anew where it has ended, so that what it promises next can still be looked at.
final class RestartedPolicy: TrainablePolicy {
  private struct State {
    var policy: ExternalPolicy<QuestionPrompt>
    var restarts = 0
    /// Whether it could not be started again, which is tried once.
    var isGone = false
  }

  private let make: @Sendable () throws(PolicyError) -> ExternalPolicy<QuestionPrompt>
  private let state: Mutex<State>

  /// Starts it; its checkpoints must be in a folder that stays.
  init(_ make: @escaping @Sendable () throws(PolicyError) -> ExternalPolicy<QuestionPrompt>) throws(PolicyError) {
    self.make = make
    state = Mutex(State(policy: try make()))
  }

  var current: ExternalPolicy<QuestionPrompt> { state.withLock(\.policy) }

  /// How often it was started again.
  var restarts: Int { state.withLock(\.restarts) }

  /// Starts it again where it has ended; whether it did.
  func restart() -> Bool {
    state.withLock { state in
      guard state.policy.hasEnded, !state.isGone else { return false }
      state.policy.end()
      do throws(PolicyError) {
        state.policy = try make()
        state.restarts += 1
        return true
      } catch {
        state.isGone = true
        return false
      }
    }
  }

  var hasValueHead: Bool { current.hasValueHead }

  var capabilities: PolicyCapabilities { current.capabilities }

  func sample(
    _ requests: [SamplingRequest<QuestionPrompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try await current.sample(requests, with: parameters)
  }

  func outputs(for batch: TokenBatch<QuestionPrompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try await current.outputs(for: batch, temperature: temperature)
  }

  func tokens(for answer: String) throws(PolicyError) -> [Token] { try current.tokens(for: answer) }

  func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<QuestionPrompt>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    try await current.accumulateGradients(for: batch, temperature: temperature, pullback: pullback)
  }

  func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    try await current.applyGradients(learningRate: learningRate, maximumNorm: maximumNorm)
  }

  func discardGradients() async { await current.discardGradients() }

  func frozen() async -> FrozenExternalPolicy<QuestionPrompt> { await current.frozen() }

  func checkpoint() async throws(PolicyError) -> [UInt8] { try await current.checkpoint() }

  func restore(_ checkpoint: [UInt8]) async throws(PolicyError) { try await current.restore(checkpoint) }
}
