import Policies
import Questions
import Rewards

/// The policy's outputs for what it sampled, on prompts that a reward asks for.
struct SampledAnswers<P: Policy>: PolicyProbe {
  let policy: P
  /// Who makes the changed prompts.
  let source: (any ExerciseSource<P.Prompt>)?
  let exercises: [Exercise<P.Prompt>]
  let completions: [[Completion]]
  let temperature: Float

  func outputs(of asked: [(place: Int, prompt: PromptChange)]) async throws -> [[PolicyOutputs]] {
    var prompts: [P.Prompt] = []
    for (place, change) in asked { prompts.append(try await prompt(of: exercises[place], change)) }
    let tokens = asked.map { completions[$0.place].map(\.tokens) }
    let outputs = try await policy.outputs(
      for: TokenBatch(
        prompts: prompts, completions: tokens.flatMap { $0 },
        promptIndices: tokens.enumerated().flatMap { index, group in group.map { _ in index } }),
      temperature: temperature)
    var start = 0
    return tokens.map { group in
      group.map { tokens in
        let range = start..<start + tokens.count
        start = range.upperBound
        return PolicyOutputs(
          logProbabilities: Array(outputs.logProbabilities[range]), entropies: Array(outputs.entropies[range]))
      }
    }
  }

  private func prompt(of exercise: Exercise<P.Prompt>, _ change: PromptChange) async throws -> P.Prompt {
    if change == .unchanged { return exercise.prompt }
    if let prompt = try await source?.prompt(of: exercise, changed: change) { return prompt }
    let asker = source.map { "\(type(of: $0))" } ?? "nobody here"
    throw RewardError(
      "\(asker) makes no prompt for \(change == .withoutTrack ? "the question without its track" : "another question")",
      question: exercise.question.id,
      remedy: "have the source's `prompt(of:changed:)` make one, and say so in its `offers`")
  }
}
