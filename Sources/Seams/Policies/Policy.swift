/// A distribution over completions of a prompt.
///
/// `sample` and `outputs` describe one distribution: the policy at the run's temperature. The loop compares the two before the
/// first step and refuses to train where they differ.
public protocol Policy<Prompt>: Sendable {
  associatedtype Prompt: Sendable

  /// Draws the completions asked for, request by request, in order.
  func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]]

  /// The same, and hands over the completions of a range of the requests as soon as they are there, so that they can be read while others
  /// are drawn; all at once unless a policy says otherwise.
  ///
  /// - Parameter each: is called once for each request's range, in any order, before this returns.
  func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters,
    each: (_ range: Range<Int>, _ groups: [[Completion]]) -> Void
  ) async throws(PolicyError) -> [[Completion]]

  /// Evaluates given completions at `temperature`, above 0.
  func outputs(for batch: TokenBatch<Prompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs
}

extension Policy {
  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters,
    each: (_ range: Range<Int>, _ groups: [[Completion]]) -> Void
  ) async throws(PolicyError) -> [[Completion]] {
    let groups = try await sample(requests, with: parameters)
    each(groups.indices, groups)
    return groups
  }
}

/// A policy whose parameters can be moved against a gradient.
///
/// The loop calls `accumulateGradients` once a microbatch, then `applyGradients` once a minibatch. A policy that the loop is to
/// checkpoint also saves and loads its state. `TaktTesting.policyConformanceFailures` checks all that is promised here.
public protocol TrainablePolicy<Prompt>: Policy {
  associatedtype Frozen: Policy where Frozen.Prompt == Prompt

  /// Whether `outputs` carry values.
  var hasValueHead: Bool { get }

  /// What else it can do; all of it unless it says otherwise.
  var capabilities: PolicyCapabilities { get }

  /// The tokens of a reference answer, with the token that ends it: what supervised fine-tuning teaches, and what joins sampled
  /// completions as a demonstration.
  func tokens(for answer: String) throws(PolicyError) -> [Token]

  /// Runs forward at `temperature`, hands the outputs to `pullback`, runs backward from the cotangents that it returns, adds
  /// to the gradients, and passes the report on.
  func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Prompt>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report

  /// Takes one optimiser step, clears the gradients, and returns their Euclidean norm before it was clipped to
  /// `maximumNorm`. A norm that is not finite throws `.nonFinite` and moves nothing.
  func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float

  /// Clears the gradients without a step.
  func discardGradients() async

  /// A copy that no later update moves: the reference policy.
  func frozen() async -> Frozen

  /// Parameters and optimiser state as bytes that `restore` takes back exactly.
  func checkpoint() async throws(PolicyError) -> [UInt8]

  func restore(_ checkpoint: [UInt8]) async throws(PolicyError)
}

extension TrainablePolicy {
  public var capabilities: PolicyCapabilities { PolicyCapabilities() }
}
