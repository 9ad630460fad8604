import Policies
import Rewards

/// Reference answers that join the sampled completions of their question: a group that never samples a good answer still learns one.
///
/// A demonstration is judged as the others are and shares the group's advantage. Its behaviour policy is the policy itself before
/// the update, so that its importance ratio starts at 1: the gradient is the advantage times that of its log-probability, which
/// fades as the sampled completions become as good. Yan et al. 2025, *Learning to Reason under Off-Policy Guidance* (mixed-policy
/// GRPO), without policy shaping.
struct Demonstrations: Sendable {
  /// Copies that join each group.
  let count: Int
  let rewards: RewardSpec
  let temperature: Float

  /// The groups with `count` demonstrations after their own completions; those of exercises that have none stay as they are.
  func join<P: TrainablePolicy>(_ groups: [JudgedGroup<P.Prompt>], of policy: P) async throws -> [JudgedGroup<P.Prompt>] {
    let shown = groups.indices.filter { groups[$0].exercise.demonstration != nil }
    guard count > 0, !shown.isEmpty else { return groups }
    let texts = shown.compactMap { groups[$0].exercise.demonstration }
    let tokens = try texts.map { text throws(PolicyError) in try policy.tokens(for: text) }
    let outputs = try await policy.outputs(
      for: TokenBatch(
        prompts: shown.map { groups[$0].exercise.prompt }, completions: tokens, promptIndices: Array(shown.indices)),
      temperature: temperature)
    var groups = groups
    var start = 0
    for (place, (text, tokens)) in zip(shown, zip(texts, tokens)) {
      let range = start..<start + tokens.count
      start = range.upperBound
      let completion = Completion(
        tokens: tokens, logProbabilities: Array(outputs.logProbabilities[range]),
        values: outputs.values.isEmpty ? [] : Array(outputs.values[range]), text: text, isTruncated: false)
      for var member in rewards.judge([completion], of: groups[place].exercise.question) {
        member.isDemonstration = true
        groups[place].members += [JudgedCompletion](repeating: member, count: count)
      }
    }
    return groups
  }
}
