import AudioLanguageModel
import Options
import Policies
import Randomness
import Tensors
import Testing

@Suite("EmbeddedPolicy")
struct EmbeddedPolicyTests {
  @Test("probabilities of all tokens sum to 1 and the entropy is theirs", arguments: [0.5, 1, 2] as [Float])
  func probabilitiesSumToOne(temperature: Float) async throws {
    let policy = SyntheticTracks.tinyPolicy()
    var tracks = SyntheticTracks(seed: 1)
    let prompt = try policy.prompt(tracks.audio("a", seconds: 8), question: "Describe by instrument")
    let tokens = (0..<policy.vocabulary.count).map { [Token($0)] }
    let outputs = try await policy.outputs(
      for: TokenBatch(prompts: [prompt], completions: tokens, promptIndices: tokens.map { _ in 0 }), temperature: temperature)
    let logs = outputs.logProbabilities.map(Double.init)
    let probabilities = logs.map { exponential($0) }
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    let entropy = -zip(probabilities, logs).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(outputs.entropies.allSatisfy { abs(Double($0) - entropy) < 1e-4 })
  }

  @Test("gradients of log-probabilities, entropies and values agree with finite differences", arguments: [0, 3])
  func gradientsMatchFiniteDifferences(adapterRank: Int) async throws {
    let policy = EmbeddedPolicy(
      SyntheticTracks.tinyConfiguration(adapterRank: adapterRank), encoder: SyntheticTracks.encoder, seed: 3)
    var tracks = SyntheticTracks(seed: 2)
    try await randomizeParameters(of: policy)
    let batch = try tracks.batch(for: policy)
    let cotangents = tracks.cotangents(like: try await policy.outputs(for: batch, temperature: 0.8))
    try await policy.accumulateGradients(for: batch, temperature: 0.8) { _ in (cotangents, ()) }
    let parameters = await policy.parameters
    let gradients = await policy.gradients
    var random = RandomStream(seed: 9)
    for (name, id) in zip(parameters.names, parameters.ids) {
      if adapterRank > 0, name.hasPrefix("decoder.") {
        #expect(gradients[id] == nil, "\(name) is frozen under its adapter")
        continue
      }
      let direction = Tensor(normal: parameters[id].shape, standardDeviation: 1, using: &random)
      let gradient = try #require(gradients[id], "\(name) has a gradient")
      let slope = zip(gradient.values, direction.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let length = Double(direction.count).squareRoot()
      let step: Float = 4e-3 / Float(length).squareRoot()
      var losses: [Double] = []
      for sign in [1, -1] as [Float] {
        var moved = parameters
        moved[id] = sum(parameters[id], direction, factor: sign * step)
        try await policy.load(Safetensors(moved).encoded())
        losses.append(loss(try await policy.outputs(for: batch, temperature: 0.8), cotangents))
      }
      let expected = (losses[0] - losses[1]) / (2 * Double(step))
      #expect(abs(slope - expected) <= 0.02 * max(abs(slope), abs(expected)) + 0.02, "\(name): \(slope) against \(expected)")
    }
  }

  @Test("gradients add up over calls and over threads in the same bits")
  func gradientsAddUp() async throws {
    var gradients: [[Float]] = []
    for threads in [1, 2] {
      let policy = SyntheticTracks.tinyPolicy(threads: threads)
      var tracks = SyntheticTracks(seed: 4)
      let batch = try tracks.batch(for: policy)
      let cotangents = tracks.cotangents(like: try await policy.outputs(for: batch, temperature: 1))
      for _ in 0..<2 { try await policy.accumulateGradients(for: batch, temperature: 1) { _ in (cotangents, ()) } }
      let sum = await policy.gradients
      gradients.append(await policy.parameters.ids.flatMap { sum[$0]?.values ?? [] })
      await policy.discardGradients()
      #expect(await policy.gradients.norm == 0)
      try await policy.accumulateGradients(for: batch, temperature: 1) { _ in (cotangents, ()) }
      let once = await policy.gradients
      let doubled = await policy.parameters.ids.flatMap { once[$0]?.values.map { 2 * $0 } ?? [] }
      #expect(largestDifference(doubled, gradients[gradients.count - 1]) == 0)
    }
    #expect(largestDifference(gradients[0], gradients[1]) == 0)
  }

  @Test("a shared track and question give what separate ones give")
  func sharingChangesNothing() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    var tracks = SyntheticTracks(seed: 5)
    let batch = try tracks.batch(for: policy)
    let together = try await policy.outputs(for: batch, temperature: 1)
    var apart = TokenOutputs(logProbabilities: [], entropies: [], values: [])
    for (completion, prompt) in zip(batch.completions, batch.promptIndices) {
      let alone = try await policy.outputs(
        for: TokenBatch(prompts: [batch.prompts[prompt]], completions: [completion], promptIndices: [0]), temperature: 1)
      apart.logProbabilities += alone.logProbabilities
      apart.entropies += alone.entropies
      apart.values += alone.values
    }
    #expect(largestDifference(together.logProbabilities, apart.logProbabilities) < 1e-5)
    #expect(largestDifference(together.entropies, apart.entropies) < 1e-5)
    #expect(largestDifference(together.values, apart.values) < 1e-5)
  }

  @Test("a completion depends on its track, its question and the tokens before, not on those after")
  func dependsOnWhatItShould() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    try await randomizeParameters(of: policy)
    var tracks = SyntheticTracks(seed: 6)
    let (first, second) = (tracks.audio("a", seconds: 8), tracks.audio("b", seconds: 8))
    let completion = try policy.tokens(for: "0:03-0:05")
    func outputs(_ audio: EncodedAudio, _ question: String, _ completion: [Token]) async throws -> [Float] {
      let prompt = try policy.prompt(audio, question: question)
      return try await policy.outputs(
        for: TokenBatch(prompts: [prompt], completions: [completion], promptIndices: [0]), temperature: 1
      ).logProbabilities
    }
    let base = try await outputs(first, "Describe by instrument", completion)
    #expect(largestDifference(base, try await outputs(second, "Describe by instrument", completion)) > 1e-3)
    #expect(largestDifference(base, try await outputs(first, "Describe in time order", completion)) > 1e-3)
    var changed = completion
    changed[1] = 5
    let after = try await outputs(first, "Describe by instrument", changed)
    #expect(after[0] == base[0])
    #expect(abs(after[2] - base[2]) > 1e-4)
  }

  @Test("a frozen copy stays where it is")
  func frozenStays() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    var tracks = SyntheticTracks(seed: 7)
    let batch = try tracks.batch(for: policy)
    let frozen = await policy.frozen()
    let before = try await frozen.outputs(for: batch, temperature: 1)
    #expect(try await policy.outputs(for: batch, temperature: 1) == before)
    let norm = try await step(policy, batch)
    #expect(norm > 0)
    #expect(try await frozen.outputs(for: batch, temperature: 1) == before)
    #expect(try await policy.outputs(for: batch, temperature: 1) != before)
  }

  @Test("frozen parts do not move, the others do")
  func frozenParts() async throws {
    var configuration = SyntheticTracks.tinyConfiguration()
    configuration.frozenParts = [.embedding, .projector]
    let policy = EmbeddedPolicy(configuration, encoder: SyntheticTracks.encoder, seed: 3)
    var tracks = SyntheticTracks(seed: 7)
    let before = await policy.parameters
    _ = try await step(policy, try tracks.batch(for: policy))
    let after = await policy.parameters
    for (name, id) in zip(before.names, before.ids) {
      let isFrozen = name.hasPrefix("embedding.") || name.hasPrefix("projector.")
      #expect((before[id] == after[id]) == isFrozen, "\(name)")
    }
  }

  @Test("a gradient that is not finite is refused and nothing moves")
  func refusesInfiniteGradients() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    var tracks = SyntheticTracks(seed: 8)
    let batch = try tracks.batch(for: policy)
    let before = try await policy.checkpoint()
    try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
      var cotangents = TokenCotangents(zerosLike: outputs)
      cotangents.logProbabilities[0] = .nan
      return (cotangents, ())
    }
    let error = await #expect(throws: PolicyError.self) {
      try await policy.applyGradients(learningRate: 0.1, maximumNorm: 1)
    }
    #expect(error?.code == .nonFinite)
    #expect(sameBytes(try await policy.checkpoint(), before))
    await policy.discardGradients()
    #expect(try await step(policy, batch) > 0)
  }

  @Test("questions and completions that the model cannot take are refused")
  func refusesWhatItCannotTake() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    var tracks = SyntheticTracks(seed: 8)
    let audio = tracks.audio("a", seconds: 8)
    let prompt = try policy.prompt(audio, question: "Describe by instrument")
    func code(_ prompt: AudioPrompt, _ completion: [Token]) async -> PolicyError.Code? {
      await #expect(throws: PolicyError.self) {
        try await policy.outputs(
          for: TokenBatch(prompts: [prompt], completions: [completion], promptIndices: [0]), temperature: 1)
      }?.code
    }
    #expect(await code(AudioPrompt(audio: tracks.audio("long", seconds: 12), question: prompt.question), [1]) == .badPrompt)
    #expect(
      await code(AudioPrompt(audio: tracks.audio("wide", seconds: 8, frameWidth: 7), question: prompt.question), [1])
        == .badPrompt)
    #expect(await code(AudioPrompt(audio: audio, question: []), [1]) == .badPrompt)
    #expect(await code(prompt, [Token(policy.vocabulary.count)]) == .badCompletion)
    #expect(await code(prompt, [Token](repeating: 5, count: 40)) == .badCompletion)
    #expect(throws: PolicyError.self) { try policy.prompt(audio, question: "When does the kazoo play?") }
    #expect(throws: PolicyError.self) { try policy.tokens(for: "0:12") }
    let error = await #expect(throws: PolicyError.self) {
      try await policy.sample([SamplingRequest(prompt: prompt, count: 1, seed: 1)], with: .greedy(maximumTokens: 40))
    }
    #expect(error?.code == .badPrompt)
  }
}

/// One step up the log-probability of a batch; the norm of its gradient.
func step(_ policy: EmbeddedPolicy, _ batch: TokenBatch<AudioPrompt>, learningRate: Float = 1e-2) async throws -> Float {
  try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
    var cotangents = TokenCotangents(zerosLike: outputs)
    let weight = -1 / Float(outputs.logProbabilities.count)
    for index in cotangents.logProbabilities.indices { cotangents.logProbabilities[index] = weight }
    for index in cotangents.values.indices { cotangents.values[index] = weight }
    return (cotangents, ())
  }
  return try await policy.applyGradients(learningRate: learningRate, maximumNorm: 1)
}

/// Moves every parameter at random, so that biases, gains and the value head matter.
func randomizeParameters(of policy: EmbeddedPolicy, seed: UInt64 = 17) async throws {
  var parameters = await policy.parameters
  var random = RandomStream(seed: seed)
  for id in parameters.ids {
    let noise = Tensor(normal: parameters[id].shape, standardDeviation: 1, using: &random)
    parameters[id] = sum(parameters[id], noise, factor: 0.2)
  }
  try await policy.load(Safetensors(parameters).encoded())
}

private func sum(_ x: Tensor, _ y: Tensor, factor: Float) -> Tensor {
  Tensor(shape: x.shape, values: zip(x.values, y.values).map { $0 + factor * $1 })
}

private func loss(_ outputs: TokenOutputs, _ cotangents: TokenCotangents) -> Double {
  func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
  return product(outputs.logProbabilities, cotangents.logProbabilities) + product(outputs.entropies, cotangents.entropies)
    + product(outputs.values, cotangents.values)
}

/// exp by its series on a halved argument, independent of the library's kernels.
private func exponential(_ x: Double) -> Double {
  var (term, sum) = (1.0, 1.0)
  let small = x / 1024
  for order in 1..<20 {
    term *= small / Double(order)
    sum += term
  }
  return (0..<10).reduce(sum) { value, _ in value * value }
}
