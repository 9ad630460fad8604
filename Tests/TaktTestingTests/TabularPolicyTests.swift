import Policies
import TaktTesting
import Testing

struct TabularPolicyTests {
  private let table = TabularPolicy(prompts: 2, positions: 4, words: ["a", "b"])

  @Test func aFreshTableIsUniform() async throws {
    let batch = TokenBatch(prompts: [1], completions: [[0, 1, 2]], promptIndices: [0])
    let outputs = try await table.outputs(for: batch, temperature: 1)
    #expect(outputs.logProbabilities.allSatisfy { abs($0 + 1.098_612) < 1e-6 })
    #expect(outputs.entropies.allSatisfy { abs($0 - 1.098_612) < 1e-6 })
    #expect(outputs.values == [0, 0, 0])
  }

  @Test func wordsBecomeTokensAndTokensWords() async throws {
    #expect(try table.tokens(for: "b a b") == [1, 0, 1, 2])
    #expect(throws: PolicyError.self) { try table.tokens(for: "a c") }
    #expect(throws: PolicyError.self) { try table.tokens(for: "a a a a") }
    let requests = [SamplingRequest(prompt: 0, count: 200, seed: 5)]
    for completion in try await table.sample(requests, with: SamplingParameters(maximumTokens: 9))[0] {
      #expect(completion.isTruncated == (completion.tokens.last != 2))
      #expect(completion.tokens.count <= 4)
      if !completion.isTruncated { #expect(try table.tokens(for: completion.text) == completion.tokens) }
    }
  }

  /// REINFORCE with reward 1 for the answer "b": its probability goes from 1/9 to nearly 1.
  @Test func learnsFromReward() async throws {
    let sampling = SamplingParameters(maximumTokens: 4)
    for step in 0..<150 {
      let group = try await table.sample([SamplingRequest(prompt: 0, count: 16, seed: UInt64(step))], with: sampling)[0]
      let advantages = group.map { Float($0.text == "b" ? 1 : 0) }
      let baseline = advantages.reduce(0, +) / 16
      let batch = TokenBatch(prompts: [0], completions: group.map(\.tokens), promptIndices: group.map { _ in 0 })
      let perToken = zip(group, advantages).flatMap { completion, advantage in
        completion.tokens.map { _ in -(advantage - baseline) / 16 }
      }
      try await table.accumulateGradients(for: batch, temperature: 1) { outputs in
        var cotangents = TokenCotangents(zerosLike: outputs)
        cotangents.logProbabilities = perToken
        return (cotangents, ())
      }
      _ = try await table.applyGradients(learningRate: 0.5, maximumNorm: 1)
    }
    let answer = TokenBatch(prompts: [0], completions: [[1, 2]], promptIndices: [0])
    #expect(try await table.outputs(for: answer, temperature: 1).logProbabilities.reduce(0, +) > -0.05)
  }
}
