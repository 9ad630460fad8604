import Foundation
public import Policies

/// A policy in another process, such as a model in Python: JSON lines over its standard streams, a Unix socket or TCP.
///
/// `docs/external-policy.md` describes the messages; the package in `python/` speaks them. Prompts are whatever encodes to JSON and means
/// something to the process.
public final class ExternalPolicy<Prompt: Encodable & Sendable>: TrainablePolicy {
  /// The versions of the messages that are spoken here.
  package static var protocolVersions: [Int] { [1, 2] }

  /// What the process calls itself.
  public let name: String
  /// What it said of itself.
  package let worker: WorkerCapabilities
  public var hasValueHead: Bool { worker.values }
  public var capabilities: PolicyCapabilities { worker.policy }
  /// The version of the messages that is spoken.
  package var protocolVersion: Int { channel.version }
  /// Whether it ended, was silent too long or gave no answer, so that every further call throws.
  package var hasEnded: Bool { channel.hasFailed }
  private let channel: PolicyChannel
  private let folders: PolicyCheckpoints
  /// Whether the folders go with this object.
  private let isTemporary: Bool

  /// Starts `command` where there is one, connects to `address` where there is one, and greets the policy.
  ///
  /// A process that is started here ends, with all that it starts, with this object, with ``end()``, at the first answer that is none or does
  /// not come, and with this process, however that ends. One that is only connected to stays.
  ///
  /// - Parameters:
  ///   - command: a program, looked for on the `PATH`, and its arguments; paths are relative to the working folder.
  ///   - address: where it listens, if not on its standard input.
  ///   - token: what it asks for at `tcp:`.
  ///   - seed: for the process's own initial parameters.
  ///   - timeout: seconds of silence that are put up with, above 0.
  ///   - log: file that its standard error is added to, up to ``Timelines/InputLimit/policyLog`` bytes.
  ///   - showsErrors: whether this process's standard error gets it too.
  ///   - splitsRequests: whether requests to sample are spread over as many messages as it takes at once.
  ///   - checkpoints: folder for the folders of its checkpoints; `nil` for one that goes with this object.
  public init(
    command: [String] = [], address: PolicyAddress? = nil, token: String? = nil, seed: UInt64, timeout: Double = 600,
    log: String? = nil, showsErrors: Bool = true, splitsRequests: Bool = true, checkpoints: String? = nil
  ) throws(PolicyError) {
    folders = PolicyCheckpoints(
      path: checkpoints
        ?? FileManager.default.temporaryDirectory.appendingPathComponent("takt-policy-\(UUID().uuidString)").path)
    isTemporary = checkpoints == nil
    channel = PolicyChannel(
      peer: try PolicyPeer(command: command, address: address, timeout: timeout, log: log, showsErrors: showsErrors),
      hello: PolicyCall.Hello(
        protocol: 1, versions: Self.protocolVersions, seed: seed, session: UUID().uuidString, token: token))
    let greeting = try channel.greet()
    name = greeting.name
    if greeting.protocol == 1 {
      worker = WorkerCapabilities(valueHead: greeting.valueHead ?? false)
      return
    }
    do throws(AnswerText.Complaint) {
      var said = try WorkerCapabilities(greeting.capabilities)
      if !splitsRequests { said.inFlight = 1 }
      worker = said
    } catch {
      throw channel.broken("answered 'hello', but \(error.text)")
    }
  }

  deinit { removeTemporary() }

  private func removeTemporary() {
    if isTemporary { try? FileManager.default.removeItem(atPath: folders.path) }
  }

  /// Ends the process with all that it has started, and returns when nothing is left; every later call throws.
  ///
  /// A policy that was only connected to goes on listening.
  package func end() {
    channel.fail(PolicyError(.backendFailure, "the policy '\(name)' was ended"))
    channel.end()
    removeTemporary()
  }

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try channel.sample(requests, with: parameters, policy: 0, worker)
  }

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters,
    each: (_ range: Range<Int>, _ groups: [[Completion]]) -> Void
  ) async throws(PolicyError) -> [[Completion]] {
    try channel.sample(requests, with: parameters, policy: 0, worker, each: each)
  }

  public func outputs(for batch: TokenBatch<Prompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try channel.outputs(for: batch, temperature: temperature, policy: 0, keep: false, worker)
  }

  public func tokens(for answer: String) throws(PolicyError) -> [Token] {
    try channel.tokens(for: answer)
  }

  public func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Prompt>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    let outputs = try channel.outputs(for: batch, temperature: temperature, policy: 0, keep: true, worker)
    let (cotangents, report) = pullback(outputs)
    try channel.backward(cotangents, worker)
    return report
  }

  public func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    try channel.apply(learningRate: learningRate, maximumNorm: maximumNorm, worker)
  }

  public func discardGradients() async {
    do throws(PolicyError) {
      let _: PolicyCall.Nothing = try channel.call("discard", PolicyCall.Nothing())
    } catch {
      // Nobody can be told here; gradients that stay would be worse than an end, so the next call says it.
      channel.fail(error)
    }
  }

  /// Moves the parameters by −`step` times the gradient, without the optimiser and without clearing anything; needs ``WorkerCapabilities/nudge``.
  public func nudge(step: Float) throws(PolicyError) {
    let _: PolicyCall.Nothing = try channel.call("nudge", PolicyCall.Nudge(step: step))
  }

  public func frozen() async -> FrozenExternalPolicy<Prompt> {
    do throws(PolicyError) {
      return try freeze()
    } catch {
      return FrozenExternalPolicy(channel: channel, policy: .failure(error), worker: worker)
    }
  }

  /// As ``frozen()``, which hands a failure on to the first call of its copy.
  package func freeze() throws(PolicyError) -> FrozenExternalPolicy<Prompt> {
    let copy: PolicyCall.Frozen = try channel.call("freeze", PolicyCall.Nothing())
    guard copy.policy > 0 else {
      throw channel.broken("answered 'freeze' with policy \(copy.policy): copies are numbered from 1, 0 is the policy itself")
    }
    return FrozenExternalPolicy(channel: channel, policy: .success(copy.policy), worker: worker)
  }

  /// The state, or a reference to the folder in which the process has left it.
  public func checkpoint() async throws(PolicyError) -> [UInt8] {
    switch worker.checkpoint {
    case .bytes: try channel.checkpoint()
    case .folder: try channel.checkpoint(into: folders)
    }
  }

  public func restore(_ checkpoint: [UInt8]) async throws(PolicyError) { try restore(checkpoint, from: []) }

  /// As ``restore(_:)``, with the folder of a checkpoint looked for in these too.
  public func restore(_ checkpoint: [UInt8], from others: [String]) throws(PolicyError) {
    switch worker.checkpoint {
    case .bytes:
      guard !PolicyCheckpoints.isReference(checkpoint) else {
        throw PolicyError(.badCheckpoint, "the checkpoint is a folder and \(channel.description) takes its state as bytes")
      }
      try channel.restore(checkpoint)
    case .folder: try channel.restore(folder: try folders.folder(of: checkpoint, or: others))
    }
  }
}

/// A copy that the process keeps of its policy as it was.
public struct FrozenExternalPolicy<Prompt: Encodable & Sendable>: Policy {
  let channel: PolicyChannel
  /// Its number, or why there is no copy.
  let policy: Result<Int, PolicyError>
  let worker: WorkerCapabilities

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try channel.sample(requests, with: parameters, policy: try policy.get(), worker)
  }

  public func outputs(for batch: TokenBatch<Prompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try channel.outputs(for: batch, temperature: temperature, policy: try policy.get(), keep: false, worker)
  }
}
