import Policies
import TaktTesting

/// A tabular policy with one fault, for the conformance kit to find.
actor FaultyPolicy: TrainablePolicy {
  enum Fault: CaseIterable {
    case reportsOtherLogProbabilities, ignoresTemperature, drawsAnew, drawsByPlaceInTheCall, greedyDraws, ignoresTopP
    case scoresFirstPromptOnly, confusesSharedPrompts, acceptsForeignTokens, losesValues
    case wrongEntropySign, forgetsValueGradient, scalesGradient, keepsLastGradientOnly, neverClears, discardsNothing
    case frozenIsLive, losesOptimiser, acceptsAnyCheckpoint, stepsOnNaN, teachesNothing
  }

  private let table: TabularPolicy
  private let fault: Fault
  private var calls: UInt64 = 0
  private var lastStart: [UInt8] = []
  nonisolated let hasValueHead = true

  init(_ fault: Fault, table: TabularPolicy) {
    self.fault = fault
    self.table = table
  }

  func sample(_ requests: [SamplingRequest<Int>], with sampling: SamplingParameters) async throws(PolicyError) -> [[Completion]]
  {
    calls += 1
    var requests = requests
    var sampling = sampling
    for index in requests.indices {
      if fault == .drawsAnew { requests[index].seed &+= calls }
      if fault == .drawsByPlaceInTheCall { requests[index].seed &+= UInt64(index) }
    }
    if fault == .greedyDraws, sampling.temperature == 0 { sampling.temperature = 1 }
    if fault == .ignoresTopP { sampling.topP = 1 }
    var groups = try await table.sample(requests, with: sampling)
    if fault == .reportsOtherLogProbabilities, !groups.isEmpty {
      groups[0][0].logProbabilities[0] -= 0.001
    }
    return groups
  }

  func outputs(for batch: TokenBatch<Int>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    var batch = batch
    if fault == .scoresFirstPromptOnly { batch.promptIndices = batch.promptIndices.map { _ in 0 } }
    if fault == .confusesSharedPrompts, batch.prompts.count < batch.completions.count { batch.promptIndices.reverse() }
    if fault == .acceptsForeignTokens { batch.completions = batch.completions.map { $0.map { min($0, 1) } } }
    var outputs = try await table.outputs(for: batch, temperature: fault == .ignoresTemperature ? 1 : temperature)
    if fault == .losesValues { outputs.values = [] }
    return outputs
  }

  nonisolated func tokens(for answer: String) throws(PolicyError) -> [Token] {
    fault == .teachesNothing ? [] : try table.tokens(for: answer)
  }

  func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Int>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    if fault == .keepsLastGradientOnly { await table.discardGradients() }
    return try await table.accumulateGradients(for: batch, temperature: temperature) { [fault] outputs in
      var (cotangents, report) = pullback(outputs)
      switch fault {
      case .wrongEntropySign: cotangents.entropies = cotangents.entropies.map { -$0 }
      case .forgetsValueGradient: cotangents.values = cotangents.values.map { _ in 0 }
      case .scalesGradient: cotangents.logProbabilities = cotangents.logProbabilities.map { 1.1 * $0 }
      case .stepsOnNaN: cotangents.logProbabilities = cotangents.logProbabilities.map { $0.isNaN ? 1 : $0 }
      default: break
      }
      if fault == .stepsOnNaN {
        cotangents.entropies = cotangents.entropies.map { $0.isNaN ? 1 : $0 }
        cotangents.values = cotangents.values.map { $0.isNaN ? 1 : $0 }
      }
      return (cotangents, report)
    }
  }

  func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    let norm = try await table.applyGradients(learningRate: learningRate, maximumNorm: maximumNorm)
    if fault == .neverClears { await table.addToGradient(0.5) }
    return norm
  }

  func discardGradients() async {
    if fault != .discardsNothing { await table.discardGradients() }
  }

  func frozen() async -> FaultyPolicy {
    fault == .frozenIsLive ? self : FaultyPolicy(fault, table: await table.frozen())
  }

  func checkpoint() async throws(PolicyError) -> [UInt8] { await table.checkpoint() }

  func restore(_ checkpoint: [UInt8]) async throws(PolicyError) {
    let length = await table.checkpoint().count
    if fault == .acceptsAnyCheckpoint, checkpoint.count != length { return }
    var bytes = checkpoint
    if fault == .losesOptimiser, bytes.count == length {
      for index in length / 2..<length { bytes[index] = 0 }
    }
    try await table.restore(bytes)
  }
}

extension TabularPolicy {
  func addToGradient(_ number: Float) async {
    let batch = TokenBatch(prompts: [0], completions: [[0]], promptIndices: [0])
    _ = try? accumulateGradients(for: batch, temperature: 1) { outputs in
      (TokenCotangents(logProbabilities: [number], entropies: [0], values: [0]), 0)
    }
  }
}
