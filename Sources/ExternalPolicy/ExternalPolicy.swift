import Foundation
public import Policies
import Synchronization

/// A policy in another process, such as a model in Python: JSON lines over its standard input and output.
///
/// `docs/external-policy.md` describes the messages; `experiments/external-policy/linear_policy.py` is an example. Prompts are
/// whatever encodes to JSON and means something to the process.
public final class ExternalPolicy<Prompt: Encodable & Sendable>: TrainablePolicy {
  /// The version of the messages.
  public static var protocolVersion: Int { 1 }

  /// What the process calls itself.
  public let name: String
  public let hasValueHead: Bool
  private let channel: PolicyChannel

  /// Starts `command` and greets it.
  ///
  /// - Parameters:
  ///   - seed: for the process's own initial parameters.
  ///   - timeout: seconds that an answer may take, above 0.
  public init(command: [String], seed: UInt64, timeout: Double = 600) throws(PolicyError) {
    channel = PolicyChannel(child: try ChildProcess(command: command, timeout: timeout), name: command.joined(separator: " "))
    let greeting: PolicyCall.Greeting = try channel.call(
      "hello", PolicyCall.Hello(protocol: Self.protocolVersion, seed: seed))
    guard greeting.protocol == Self.protocolVersion else {
      throw PolicyError(
        .backendFailure,
        "the policy '\(greeting.name)' speaks version \(greeting.protocol) of the messages and this Takt version \(Self.protocolVersion): bring both to one version"
      )
    }
    name = greeting.name
    hasValueHead = greeting.valueHead ?? false
  }

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try channel.sample(requests, with: parameters, policy: 0, hasValueHead: hasValueHead)
  }

  public func outputs(for batch: TokenBatch<Prompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try channel.outputs(for: batch, temperature: temperature, policy: 0, keep: false, hasValueHead: hasValueHead)
  }

  public func tokens(for answer: String) throws(PolicyError) -> [Token] {
    let answer: PolicyCall.Tokens = try channel.call("tokens", PolicyCall.Text(text: answer))
    return answer.tokens
  }

  public func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Prompt>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    let outputs = try channel.outputs(
      for: batch, temperature: temperature, policy: 0, keep: true, hasValueHead: hasValueHead)
    let (cotangents, report) = pullback(outputs)
    let numbers = PolicyCall.Numbers(
      logProbabilities: cotangents.logProbabilities, entropies: cotangents.entropies, values: cotangents.values)
    let _: PolicyCall.Nothing = try channel.call("backward", numbers)
    return report
  }

  public func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    let applied: PolicyCall.Applied = try channel.call(
      "apply", PolicyCall.Apply(learningRate: learningRate, maximumNorm: maximumNorm))
    return applied.norm
  }

  public func discardGradients() async {
    // A process that has failed says so in the next call that can throw.
    let _: PolicyCall.Nothing? = try? channel.call("discard", PolicyCall.Nothing())
  }

  public func frozen() async -> FrozenExternalPolicy<Prompt> {
    let copy: PolicyCall.Frozen? = try? channel.call("freeze", PolicyCall.Nothing())
    return FrozenExternalPolicy(channel: channel, policy: copy?.policy ?? -1, hasValueHead: hasValueHead)
  }

  public func checkpoint() async throws(PolicyError) -> [UInt8] {
    let answer: PolicyCall.State = try channel.call("checkpoint", PolicyCall.Nothing())
    guard let bytes = Data(base64Encoded: answer.state) else {
      throw PolicyError(.backendFailure, "the policy '\(name)' gave a checkpoint that is not in base 64")
    }
    return Array(bytes)
  }

  public func restore(_ checkpoint: [UInt8]) async throws(PolicyError) {
    let _: PolicyCall.Nothing = try channel.call(
      "restore", PolicyCall.State(state: Data(checkpoint).base64EncodedString()))
  }
}

/// A copy that the process keeps of its policy as it was.
public struct FrozenExternalPolicy<Prompt: Encodable & Sendable>: Policy {
  let channel: PolicyChannel
  let policy: Int
  let hasValueHead: Bool

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try channel.sample(requests, with: parameters, policy: policy, hasValueHead: hasValueHead)
  }

  public func outputs(for batch: TokenBatch<Prompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try channel.outputs(for: batch, temperature: temperature, policy: policy, keep: false, hasValueHead: hasValueHead)
  }
}
