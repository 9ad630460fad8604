/// Leaves out completions that were bad and that the policy has already left behind.
///
/// A token keeps its policy loss where A ≥ 0, or where the completion's mean of log π_sampler − log π is at most `limit`; the
/// sampler is the policy at sampling time where no other engine sampled.
///
/// DeepSeek-AI 2025, *DeepSeek-V3.2*, §3.1, off-policy sequence masking.
package struct DriftMask: PolicyWeighting, Hashable {
  /// Nats a token.
  package var limit: Double

  package init(limit: Double) {
    self.limit = limit
  }

  package func scale(_ tokens: inout TokenBlock, report: inout ObjectiveReport) {
    let sampled = tokens.samplerLogProbabilities.isEmpty ? tokens.behaviorLogProbabilities : tokens.samplerLogProbabilities
    precondition(sampled.count == tokens.count && tokens.advantages.count == tokens.count, "needs ratios and advantages")
    var masked = 0.0
    for sequence in tokens.sequences where !sequence.isEmpty {
      let drift = sequence.reduce(0.0) { $0 + sampled[$1] - tokens.logProbabilities[$1] } / Double(sequence.count)
      guard drift > limit else { continue }
      for index in sequence where tokens.advantages[index] < 0 {
        tokens.policyWeights[index] = 0
        masked += 1
      }
    }
    report.add("policy/drift_masked", sum: masked, count: Double(tokens.count))
  }
}
