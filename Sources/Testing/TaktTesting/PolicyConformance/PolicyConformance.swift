public import Policies

/// Examines what ``TrainablePolicy`` promises, and returns what is not kept; none is a pass.
///
/// Fresh log-probabilities equal rescored ones; a seed gives the same completions, whatever else is asked for in whatever
/// order; prompts shared by a group change nothing; gradients are sums over completions and linear in the cotangents, descend,
/// and agree with finite differences where `options.parameters` gives access; a frozen copy does not move; a checkpoint brings
/// back parameters and optimiser; bad tokens, bad checkpoints and NaN throw and change nothing. The policy is left as it was.
///
/// - Parameter prompts: at least two that differ; traps otherwise.
public func policyConformanceFailures<P: TrainablePolicy>(
  _ policy: P, prompts: [P.Prompt], options: PolicyConformanceOptions = PolicyConformanceOptions()
) async -> [ConformanceFailure] {
  await policyConformance(policy, prompts: prompts, options: options).flatMap(\.failures)
}

/// As ``policyConformanceFailures(_:prompts:options:)``, promise by promise.
public func policyConformance<P: TrainablePolicy>(
  _ policy: P, prompts: [P.Prompt], options: PolicyConformanceOptions = PolicyConformanceOptions()
) async -> [ConformanceRow] {
  precondition(prompts.count >= 2, "sharing and order can be seen with two prompts or more")
  var options = options
  if policy.capabilities.temperatures == .one { (options.temperature, options.triesTemperatures) = (1, false) }
  if !policy.capabilities.supervised { options.answer = nil }
  var examination = PolicyExamination(policy: policy, prompts: prompts, options: options)
  var rows: [ConformanceRow] = []
  do {
    let checkpoint = try await policy.checkpoint()
    rows += await examination.rows()
    guard rows.first?.failures.isEmpty ?? false else { return rows }
    await options.beforeRow?()
    let batch = try await examination.sampledBatch()
    var training = TrainingExamination(policy: policy, batch: batch, start: checkpoint, options: options)
    rows += await training.rows()
    await options.beforeRow?()
    try await policy.restore(checkpoint)
    await policy.discardGradients()
  } catch {
    rows.append(
      ConformanceRow("legal requests do not throw", failures: [ConformanceFailure("legal requests do not throw", "\(error)")]))
  }
  return rows
}

/// Examines what ``Policy`` promises of a policy that cannot be trained, such as a frozen one.
public func policyConformanceFailures<P: Policy>(
  ofUntrainable policy: P, prompts: [P.Prompt], options: PolicyConformanceOptions = PolicyConformanceOptions()
) async -> [ConformanceFailure] {
  precondition(prompts.count >= 2, "sharing and order can be seen with two prompts or more")
  var examination = PolicyExamination(policy: policy, prompts: prompts, options: options)
  return await examination.rows().flatMap(\.failures)
}
