public import Policies

/// A policy in another process, such as a model in Python: JSON lines over its standard input and output.
///
/// `docs/external-policy.md` describes the messages; `experiments/external-policy/linear_policy.py` is an example. Prompts are
/// whatever encodes to JSON and means something to the process.
public final class ExternalPolicy<Prompt: Encodable & Sendable>: TrainablePolicy {
  /// The version of the messages.
  package static var protocolVersion: Int { 1 }

  /// What the process calls itself.
  public let name: String
  public let hasValueHead: Bool
  private let channel: PolicyChannel

  /// Starts `command` and greets it.
  ///
  /// The process and all that it starts end with this object, with ``end()``, at the first answer that is none or does not come, and with
  /// this process, however that ends.
  ///
  /// - Parameters:
  ///   - command: a program, looked for on the `PATH`, and its arguments; paths are relative to the working folder.
  ///   - seed: for the process's own initial parameters.
  ///   - timeout: seconds that a call may take, request and answer together, above 0.
  ///   - log: file that its standard error is added to, up to ``Timelines/InputLimit/policyLog`` bytes.
  ///   - showsErrors: whether this process's standard error gets it too.
  public init(
    command: [String], seed: UInt64, timeout: Double = 600, log: String? = nil, showsErrors: Bool = true
  ) throws(PolicyError) {
    channel = PolicyChannel(
      process: try PolicyProcess(command: command, timeout: timeout, log: log, showsErrors: showsErrors))
    let greeting: PolicyCall.Greeting = try channel.call(
      "hello", PolicyCall.Hello(protocol: Self.protocolVersion, seed: seed))
    guard greeting.protocol == Self.protocolVersion else {
      throw channel.broken(
        "speaks version \(greeting.protocol) of the messages and this Takt version \(Self.protocolVersion): bring both to one version"
      )
    }
    name = greeting.name
    hasValueHead = greeting.valueHead ?? false
  }

  /// Ends the process with all that it has started, and returns when nothing is left; every later call throws.
  package func end() {
    channel.fail(PolicyError(.backendFailure, "the policy '\(name)' was ended"))
    channel.end()
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
    try channel.tokens(for: answer)
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
    try channel.apply(learningRate: learningRate, maximumNorm: maximumNorm)
  }

  public func discardGradients() async {
    do throws(PolicyError) {
      let _: PolicyCall.Nothing = try channel.call("discard", PolicyCall.Nothing())
    } catch {
      // Nobody can be told here; gradients that stay would be worse than an end, so the next call says it.
      channel.fail(error)
    }
  }

  public func frozen() async -> FrozenExternalPolicy<Prompt> {
    do throws(PolicyError) {
      return try freeze()
    } catch {
      return FrozenExternalPolicy(channel: channel, policy: .failure(error), hasValueHead: hasValueHead)
    }
  }

  /// As ``frozen()``, which hands a failure on to the first call of its copy.
  package func freeze() throws(PolicyError) -> FrozenExternalPolicy<Prompt> {
    let copy: PolicyCall.Frozen = try channel.call("freeze", PolicyCall.Nothing())
    guard copy.policy > 0 else {
      throw channel.broken("answered 'freeze' with policy \(copy.policy): copies are numbered from 1, 0 is the policy itself")
    }
    return FrozenExternalPolicy(channel: channel, policy: .success(copy.policy), hasValueHead: hasValueHead)
  }

  public func checkpoint() async throws(PolicyError) -> [UInt8] { try channel.checkpoint() }

  public func restore(_ checkpoint: [UInt8]) async throws(PolicyError) { try channel.restore(checkpoint) }
}

/// A copy that the process keeps of its policy as it was.
public struct FrozenExternalPolicy<Prompt: Encodable & Sendable>: Policy {
  let channel: PolicyChannel
  /// Its number, or why there is no copy.
  let policy: Result<Int, PolicyError>
  let hasValueHead: Bool

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try channel.sample(requests, with: parameters, policy: try policy.get(), hasValueHead: hasValueHead)
  }

  public func outputs(for batch: TokenBatch<Prompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try channel.outputs(for: batch, temperature: temperature, policy: try policy.get(), keep: false, hasValueHead: hasValueHead)
  }
}
