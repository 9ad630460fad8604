public import Policies
public import Questions
import Randomness

/// What a policy answered to one held-out question.
public struct HeldOutAnswer: Sendable, Hashable {
  public var question: Question
  public var text: String
  public var reading: Reading

  package init(question: Question, text: String, reading: Reading) {
    self.question = question
    self.text = text
    self.reading = reading
  }
}

/// Answers of a policy to held-out questions, one each.
public struct Evaluation: Sendable {
  package var parameters: SamplingParameters
  package var seed: UInt64
  /// Prompts handed to the policy at once.
  package var chunk: Int

  public init(parameters: SamplingParameters, seed: UInt64, chunk: Int = 256) {
    self.parameters = parameters
    self.seed = seed
    self.chunk = chunk
  }

  /// Answers in the order of the exercises.
  ///
  /// The answer to one depends on neither the others nor the chunk size.
  public func answers<P: Policy>(
    of policy: P, to exercises: [Exercise<P.Prompt>], progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> [HeldOutAnswer] {
    try await answers(of: policy, count: exercises.count, progress: progress) { exercises[$0] }
  }

  /// The same of exercises that are made when they are asked, a chunk at a time.
  public func answers<P: Policy>(
    of policy: P, count: Int, progress: @Sendable (Int) -> Void = { _ in }, exercise: (Int) throws -> Exercise<P.Prompt>
  ) async throws -> [HeldOutAnswer] {
    var answers: [HeldOutAnswer] = []
    let stream = RandomStream(seed: seed)
    for start in stride(from: 0, to: count, by: chunk) {
      let part = try (start..<min(start + chunk, count)).map(exercise)
      let requests = part.enumerated().map { index, exercise in
        SamplingRequest(prompt: exercise.prompt, count: 1, seed: stream.seed(for: [UInt64(start + index)]))
      }
      let completions = try await policy.sample(requests, with: parameters)
      for (exercise, group) in zip(part, completions) {
        for completion in group {
          let reading = AnswerReader(AnswerForm(exercise.question)).read(completion.text)
          answers.append(HeldOutAnswer(question: exercise.question, text: completion.text, reading: reading))
        }
      }
      progress(answers.count)
    }
    return answers
  }
}
