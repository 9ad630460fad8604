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
  func join<P: TrainablePolicy>(_ groups: [JudgedGroup<P.Prompt>], of policy: P) async throws -> [JudgedGroup<P.Prompt>] {
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
    var groups = groups
    var start = 0
    for (place, text, tokens) in shown {
      let range = start..<start + tokens.count
      start = range.upperBound
      let completion = Completion(
        tokens: tokens, logProbabilities: Array(outputs.logProbabilities[range]),
        values: outputs.values.isEmpty ? [] : Array(outputs.values[range]), text: text, isTruncated: false)
      for var member in rewards.judge([completion], of: groups[place].exercise.question) {
        member.isDemonstration = true
        // Spans need the offsets of tokens, which only sampling knows: the whole answer earns the same.
        member.judgement.spans = []
        groups[place].members += [JudgedCompletion](repeating: member, count: count)
      }
    }
    return groups
  }
}
