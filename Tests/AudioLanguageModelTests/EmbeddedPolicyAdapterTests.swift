import AudioLanguageModel
import Policies
import Tensors
import Testing

@Suite("EmbeddedPolicy low-rank updates")
struct EmbeddedPolicyAdapterTests {
  func policy(rank: Int, seed: UInt64 = 3) -> EmbeddedPolicy {
    EmbeddedPolicy(SyntheticTracks.tinyConfiguration(adapterRank: rank), encoder: SyntheticTracks.encoder, seed: seed)
  }

  @Test("fresh adapters change nothing, trained ones do, and the weights under them stay")
  func train() async throws {
    let base = policy(rank: 0)
    let adapted = policy(rank: 2, seed: 4)
    try await adapted.load(await base.export())
    var tracks = SyntheticTracks(seed: 5)
    let batch = try tracks.batch(for: base)
    let before = try await base.outputs(for: batch, temperature: 1)
    #expect(try await adapted.outputs(for: batch, temperature: 1) == before)
    for _ in 0..<3 { _ = try await step(adapted, batch) }
    let after = try await adapted.outputs(for: batch, temperature: 1)
    #expect(after.logProbabilities.reduce(0, +) > before.logProbabilities.reduce(0, +) + 1)
    let (old, new) = (await base.parameters, await adapted.parameters)
    for id in old.ids where old.name(of: id).hasPrefix("decoder.") {
      let same = try #require(new.id(named: old.name(of: id)))
      #expect(old[id] == new[same], "\(old.name(of: id))")
    }
  }

  @Test("sampling with merged weights agrees with evaluating adapters apart")
  func samplingAgrees() async throws {
    let policy = policy(rank: 2)
    try await randomizeParameters(of: policy)
    var tracks = SyntheticTracks(seed: 5)
    let prompt = try policy.prompt(tracks.audio("a", seconds: 9), question: "Describe by instrument")
    let completions = try await policy.sample(
      [SamplingRequest(prompt: prompt, count: 6, seed: 2)], with: SamplingParameters(maximumTokens: 8))[0]
    let outputs = try await policy.outputs(
      for: TokenBatch(prompts: [prompt], completions: completions.map(\.tokens), promptIndices: completions.map { _ in 0 }),
      temperature: 1)
    #expect(largestDifference(completions.flatMap(\.logProbabilities), outputs.logProbabilities) < 1e-4)
  }

  @Test("an export merges them; kept apart they make the same policy of the same base")
  func exports() async throws {
    let base = policy(rank: 0)
    let adapted = policy(rank: 2, seed: 4)
    try await adapted.load(await base.export())
    var tracks = SyntheticTracks(seed: 5)
    let batch = try tracks.batch(for: base)
    var parameters = await adapted.parameters
    for id in parameters.ids where parameters.name(of: id).hasPrefix("adapter.") {
      parameters[id] = Tensor(shape: parameters[id].shape, repeating: 0.05)
    }
    try await adapted.load(Safetensors(parameters).encoded())
    let expected = try await adapted.outputs(for: batch, temperature: 1)
    #expect(try await base.outputs(for: batch, temperature: 1) != expected)

    let merged = policy(rank: 0, seed: 5)
    try await merged.load(await adapted.export())
    #expect(
      largestDifference(try await merged.outputs(for: batch, temperature: 1).logProbabilities, expected.logProbabilities) < 1e-5
    )

    let again = policy(rank: 2, seed: 6)
    try await again.load(await base.export())
    try await again.loadAdapters(await adapted.exportAdapters())
    #expect(try await again.outputs(for: batch, temperature: 1) == expected)
    await #expect(throws: PolicyError.self) { try await again.loadAdapters(await base.export()) }
  }
}
