package import Policies
import Questions
package import Randomness
package import Rewards

/// Samples groups of completions, reads them, and has them judged.
package struct RolloutCollector: Sendable {
  package var parameters: SamplingParameters
  /// Completions of each prompt.
  package var groupSize: Int
  package var rewards: RewardSpec

  package init(parameters: SamplingParameters, groupSize: Int, rewards: RewardSpec) {
    self.parameters = parameters
    self.groupSize = groupSize
    self.rewards = rewards
  }

  /// One group an exercise, in order; what is sampled is read as it comes, while a policy elsewhere draws the rest.
  ///
  /// Completion `i` of exercise `j` depends on `(stream, j, i)` alone. Rewards that ask the policy about its answers on a changed prompt
  /// have the prompt from `source`.
  package func collect<P: Policy>(
    _ exercises: [Exercise<P.Prompt>], from policy: P, stream: RandomStream, source: (any ExerciseSource<P.Prompt>)? = nil
  ) async throws -> (groups: [RolloutGroup<P.Prompt>], sampling: Duration, judging: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let requests = exercises.enumerated().map { index, exercise in
      SamplingRequest(prompt: exercise.prompt, count: groupSize, seed: stream.seed(for: [UInt64(index)]))
    }
    var read = [RewardGroup?](repeating: nil, count: exercises.count)
    var reading = Duration.zero
    let completions = try await policy.sample(requests, with: parameters) { range, groups in
      let begun = clock.now
      for (place, group) in zip(range, groups) { read[place] = RewardGroup(exercises[place], group) }
      reading += clock.now - begun
    }
    let sampled = clock.now
    let groups = read.enumerated().map { place, group in group ?? RewardGroup(exercises[place], completions[place]) }
    let probe = SampledAnswers(
      policy: policy, source: source, exercises: exercises, completions: completions,
      temperature: parameters.temperature > 0 ? parameters.temperature : 1)
    let members = try await rewards.judge(groups, of: completions, asking: probe)
    let rollouts = zip(exercises, members).map { RolloutGroup(exercise: $0, members: $1) }
    return (rollouts, sampled - start - reading, clock.now - sampled + reading)
  }
}

extension Response {
  /// A completion as rewards see it.
  package init(_ completion: Completion) {
    self.init(text: completion.text, tokenCount: completion.tokens.count, isTruncated: completion.isTruncated)
  }
}

extension RewardGroup {
  fileprivate init<Prompt>(_ exercise: Exercise<Prompt>, _ completions: [Completion]) {
    self.init(exercise.question, responses: completions.map(Response.init), track: exercise.track)
  }
}

extension RewardSpec {
  /// The completions of each exercise, read and judged.
  func judge<Prompt>(
    _ completions: [[Completion]], of exercises: [Exercise<Prompt>], asking policy: (any PolicyProbe)?
  ) async throws -> [[Rollout]] {
    try await judge(zip(exercises, completions).map { RewardGroup($0, $1) }, of: completions, asking: policy)
  }

  /// Groups of completions that are read already, judged.
  fileprivate func judge(
    _ groups: [RewardGroup], of completions: [[Completion]], asking policy: (any PolicyProbe)?
  ) async throws -> [[Rollout]] {
    let judgements = try await judge(RewardBatch(groups, policy: policy))
    return zip(completions, zip(groups, judgements)).map { completions, judged in
      completions.indices.map {
        Rollout(completion: completions[$0], reading: judged.0.readings[$0], judgement: judged.1[$0])
      }
    }
  }
}
