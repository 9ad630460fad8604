public import Policies
public import Questions
public import Randomness
public import Rewards

/// One completion with what was read in it and what it earned.
public struct JudgedCompletion: Sendable, Hashable {
  public var completion: Completion
  public var reading: Reading
  public var judgement: Judgement
  /// Whether the policy was shown it and did not sample it.
  public var isDemonstration: Bool

  public init(completion: Completion, reading: Reading, judgement: Judgement, isDemonstration: Bool = false) {
    self.completion = completion
    self.reading = reading
    self.judgement = judgement
    self.isDemonstration = isDemonstration
  }
}

/// The judged completions of one exercise.
public struct JudgedGroup<Prompt: Sendable>: Sendable {
  public var exercise: Exercise<Prompt>
  public var members: [JudgedCompletion]
  /// Whether the update learns from it; tied groups may be dropped or replaced.
  public var isLearnt: Bool

  public init(exercise: Exercise<Prompt>, members: [JudgedCompletion], isLearnt: Bool = true) {
    self.exercise = exercise
    self.members = members
    self.isLearnt = isLearnt
  }
}

/// Samples groups of completions, reads them, and has them judged.
public struct RolloutCollector: Sendable {
  public var parameters: SamplingParameters
  /// Completions of each prompt.
  public var groupSize: Int
  public var rewards: RewardSpec

  public init(parameters: SamplingParameters, groupSize: Int, rewards: RewardSpec) {
    self.parameters = parameters
    self.groupSize = groupSize
    self.rewards = rewards
  }

  /// One group an exercise, in order.
  ///
  /// Completion `i` of exercise `j` depends on `(stream, j, i)` alone.
  public func collect<P: Policy>(
    _ exercises: [Exercise<P.Prompt>], from policy: P, stream: RandomStream
  ) async throws -> (groups: [JudgedGroup<P.Prompt>], sampling: Duration, judging: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let requests = exercises.enumerated().map { index, exercise in
      SamplingRequest(prompt: exercise.prompt, count: groupSize, seed: stream.seed(for: [UInt64(index)]))
    }
    let completions = try await policy.sample(requests, with: parameters)
    let sampled = clock.now
    let groups = zip(exercises, completions).map { exercise, members in
      JudgedGroup(exercise: exercise, members: rewards.judge(members, of: exercise.question))
    }
    return (groups, sampled - start, clock.now - sampled)
  }
}

extension RewardSpec {
  /// The completions of a question, read and judged.
  func judge(_ completions: [Completion], of question: Question) -> [JudgedCompletion] {
    let reader = AnswerReader(AnswerForm(question))
    return completions.map { completion in
      let response = Response(
        text: completion.text, tokenCount: completion.tokens.count, isTruncated: completion.isTruncated)
      let judged = judge(response, to: question, by: reader)
      return JudgedCompletion(completion: completion, reading: judged.reading, judgement: judged.judgement)
    }
  }
}
