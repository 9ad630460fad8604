import Policies
import Rewards

/// Reference answers that join the sampled completions of their question: a group that never samples a good answer still learns one.
///
/// A demonstration is judged as the others are and has an advantage over the same group. Its behaviour policy is taken to be the policy
/// itself before the update, so that its importance ratio starts at 1 and its gradient is the advantage times that of its
/// log-probability: a supervised step whose size falls as more of the sampled completions are as good. After Yan et al. 2025, *Learning to
/// Reason under Off-Policy Guidance*, who divide by the probability of the demonstrating policy instead.
struct Demonstrations: Sendable {
  /// Copies that join each group.
  let count: Int
  let rewards: RewardSpec
  let temperature: Float
  /// Longer ones stay out: a policy that is cut off there could never sample them.
  let maximumTokens: Int

  /// The groups with `count` demonstrations after their own completions; those of exercises that have none stay as they are.
  func join<P: TrainablePolicy>(
    _ groups: [RolloutGroup<P.Prompt>], of policy: P, source: (any ExerciseSource<P.Prompt>)? = nil
  ) async throws -> [RolloutGroup<P.Prompt>] {
    guard count > 0 else { return groups }
    let shown = try groups.indices.compactMap { place throws(PolicyError) -> (place: Int, text: String, tokens: [Token])? in
      guard let text = groups[place].exercise.demonstration else { return nil }
      let tokens = try policy.tokens(for: text)
      return tokens.count <= maximumTokens ? (place, text, tokens) : nil
    }
    guard !shown.isEmpty else { return groups }
    let outputs = try await policy.outputs(
      for: TokenBatch(
        prompts: shown.map { groups[$0.place].exercise.prompt }, completions: shown.map(\.tokens),
        promptIndices: Array(shown.indices)),
      temperature: temperature)
    var start = 0
    let demonstrations = shown.map { place, text, tokens in
      let range = start..<start + tokens.count
      start = range.upperBound
      return Completion(
        tokens: tokens, logProbabilities: Array(outputs.logProbabilities[range]),
        values: outputs.values.isEmpty ? [] : Array(outputs.values[range]), text: text, isTruncated: false)
    }
    // Rewards that compare answers judge it beside those that were sampled.
    let company = zip(shown, demonstrations).map { shown, demonstration in
      (rewards.isNarrow ? [] : groups[shown.place].members.map(\.completion)) + [demonstration]
    }
    let exercises = shown.map { groups[$0.place].exercise }
    let probe = SampledAnswers(
      policy: policy, source: source, exercises: exercises, completions: company, temperature: temperature)
    let judged = try await rewards.judge(company, of: exercises, asking: probe)
    var groups = groups
    for (shown, members) in zip(shown, judged) {
      for var member in members.suffix(1) {
        member.isDemonstration = true
        // Spans need the offsets of tokens, which only sampling knows: the whole answer earns the same.
        member.judgement.spans = []
        groups[shown.place].members += [Rollout](repeating: member, count: count)
      }
    }
    return groups
  }
}
