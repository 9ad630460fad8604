public import Policies

/// Whether what a policy says depends on what it hears.
///
/// The log-probabilities of what it sampled, and its likeliest answers, are compared with those under each change of the prompts, such as the
/// recordings shuffled, silent, or another's: one that ignores its recording says the same to the last bit.
///
/// - Parameter changes: a name such as `the recording shuffled`, and the prompts so changed, one for each of `prompts`.
public func hearingConformance<P: Policy>(
  _ policy: P, prompts: [P.Prompt], changes: [(name: String, prompts: [P.Prompt])],
  options: PolicyConformanceOptions = PolicyConformanceOptions()
) async -> ConformanceRow {
  let promise = "what it answers depends on the recording"
  do {
    let examination = PolicyExamination(policy: policy, prompts: prompts, options: options)
    let batch = try await examination.sampledBatch()
    let own = try await policy.outputs(for: batch, temperature: options.temperature)
    var deaf: [String] = []
    for change in changes {
      let other = TokenBatch(prompts: change.prompts, completions: batch.completions, promptIndices: batch.promptIndices)
      let outputs = try await policy.outputs(for: other, temperature: options.temperature)
      let distance = greatestDistance(own.logProbabilities, outputs.logProbabilities)
      guard distance <= 1e-6 else { continue }
      let same = try await sameAnswers(policy, prompts, change.prompts, options)
      deaf.append(
        "with \(change.name) all \(own.logProbabilities.count) log-probabilities are the same to \(distance) and \(same) of "
          + "\(prompts.count) likeliest answers too")
    }
    guard !deaf.isEmpty else { return ConformanceRow(promise) }
    let all = deaf.count == changes.count ? "it ignores its recording: " : "not every change is heard: "
    return ConformanceRow(promise, failures: [ConformanceFailure(promise, all + deaf.joined(separator: "; "))])
  } catch {
    return ConformanceRow(promise, failures: [ConformanceFailure("legal requests do not throw", "\(error)")])
  }
}

/// How many prompts have the same likeliest answer as their changed ones.
private func sameAnswers<P: Policy>(
  _ policy: P, _ prompts: [P.Prompt], _ changed: [P.Prompt], _ options: PolicyConformanceOptions
) async throws(PolicyError) -> Int {
  var answers: [[[Token]]] = []
  for asked in [prompts, changed] {
    let requests = asked.map { SamplingRequest(prompt: $0, count: 1, seed: options.seed) }
    let groups = try await policy.sample(requests, with: .greedy(maximumTokens: options.maximumTokens))
    answers.append(groups.map { $0.first?.tokens ?? [] })
  }
  return zip(answers[0], answers[1]).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
}
