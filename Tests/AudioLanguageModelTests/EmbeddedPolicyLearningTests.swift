import AudioLanguageModel
import Policies
import Testing

@Suite("EmbeddedPolicy learning")
struct EmbeddedPolicyLearningTests {
  @Test("the default policy learns eight fixed answers by heart")
  func learnsEightAnswers() async throws {
    let policy = EmbeddedPolicy(seed: 1)
    var tracks = SyntheticTracks(seed: 30)
    var prompts: [AudioPrompt] = []
    var answers: [String] = []
    for index in 0..<4 {
      let audio = tracks.audio("\(index)", seconds: 20, frameWidth: 128)
      prompts.append(try policy.prompt(audio, question: "When does the piano first start to play?"))
      answers.append("0:\(11 + 2 * index)")
      prompts.append(try policy.prompt(audio, question: "When is(are) the highest arousal duration(s) in this audio?"))
      answers.append("0:0\(index)-0:1\(index), 0:16-0:1\(9 - index % 2)")
    }
    let batch = TokenBatch(
      prompts: prompts, completions: try answers.map { answer throws(PolicyError) in try policy.tokens(for: answer) },
      promptIndices: Array(prompts.indices))
    var losses: [Float] = []
    for _ in 0..<60 {
      losses.append(
        try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
          var cotangents = TokenCotangents(zerosLike: outputs)
          let weight = 1 / Float(outputs.logProbabilities.count)
          for index in cotangents.logProbabilities.indices { cotangents.logProbabilities[index] = -weight }
          return (cotangents, -outputs.logProbabilities.reduce(0, +) * weight)
        })
      _ = try await policy.applyGradients(learningRate: 1e-3, maximumNorm: 1)
    }
    #expect(losses[0] > 4 && losses[0] < 8)
    #expect(losses[losses.count - 1] < 0.05, "\(losses)")
    let completions = try await policy.sample(
      prompts.map { SamplingRequest(prompt: $0, count: 1, seed: 0) }, with: .greedy(maximumTokens: 8))
    #expect(completions.map { $0[0].text } == answers)
  }
}
