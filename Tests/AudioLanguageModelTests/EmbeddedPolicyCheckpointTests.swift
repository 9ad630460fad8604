import AudioLanguageModel
import Policies
import Tensors
import Testing

@Suite("EmbeddedPolicy checkpoints")
struct EmbeddedPolicyCheckpointTests {
  @Test("a restored policy goes on in the same bytes")
  func roundTrip() async throws {
    let policy = SyntheticTracks.tinyPolicy(seed: 3)
    let other = SyntheticTracks.tinyPolicy(seed: 4)
    var tracks = SyntheticTracks(seed: 7)
    let batch = try tracks.batch(for: policy)
    for _ in 0..<3 { _ = try await step(policy, batch) }
    let checkpoint = try await policy.checkpoint()
    try await other.restore(checkpoint)
    #expect(sameBytes(try await other.checkpoint(), checkpoint))
    for _ in 0..<2 {
      _ = try await step(policy, batch)
      _ = try await step(other, batch)
    }
    #expect(sameBytes(try await other.checkpoint(), try await policy.checkpoint()))
    #expect(!sameBytes(try await policy.checkpoint(), checkpoint))
  }

  @Test("an export carries the parameters and nothing else")
  func export() async throws {
    let policy = SyntheticTracks.tinyPolicy(seed: 3)
    let other = SyntheticTracks.tinyPolicy(seed: 4)
    var tracks = SyntheticTracks(seed: 7)
    let batch = try tracks.batch(for: policy)
    _ = try await step(policy, batch)
    let export = await policy.export()
    try await other.load(export)
    #expect(try await other.outputs(for: batch, temperature: 1) == policy.outputs(for: batch, temperature: 1))
    #expect(export.count < 4 * (await policy.parameterCount) + 20_000)
    try await other.load(try await policy.checkpoint())
    #expect(sameBytes(await other.export(), export))
  }

  /// Zeros in the new columns: what the wider policy says then is what the narrow one said.
  @Test("a policy whose encoder listens for more takes the parameters of one that listened for less")
  func moreInstruments() async throws {
    let policy = SyntheticTracks.tinyPolicy(seed: 3)
    var encoder = SyntheticTracks.encoder
    encoder.instruments += ["harp"]
    let wider = EmbeddedPolicy(SyntheticTracks.tinyConfiguration(), encoder: encoder, seed: 4)
    try await wider.load(await policy.export())
    var tracks = SyntheticTracks(seed: 7)
    let audio = tracks.audio("a", seconds: 9)
    let (own, other) = (SyntheticTracks.encoder.heads, encoder.heads)
    var heads = Tensor(shape: [audio.heads.rows, other.count])
    for row in 0..<audio.heads.rows {
      for column in 0..<3 { heads[row, column] = audio.heads[row, column] }
      for (from, to) in [(own.activity, other.activity), (own.entries, other.entries), (own.exits, other.exits)] {
        for (from, to) in zip(from, to) { heads[row, to] = audio.heads[row, from] }
      }
    }
    let heard = EncodedAudio(trackID: "a", duration: 9, frames: audio.frames, heads: heads)
    func outputs(_ policy: EmbeddedPolicy, _ audio: EncodedAudio) async throws -> [Float] {
      let prompt = try policy.prompt(audio, question: "When does the piano first start to play?")
      let batch = TokenBatch(prompts: [prompt], completions: [try policy.tokens(for: "0:03")], promptIndices: [0])
      return try await policy.outputs(for: batch, temperature: 1).logProbabilities
    }
    #expect(largestDifference(try await outputs(policy, audio), try await outputs(wider, heard)) < 1e-5)
    let error = await #expect(throws: PolicyError.self) { try await policy.load(await wider.export()) }
    #expect(error.map { "\($0)".contains("harp") } == true)
    await #expect(throws: PolicyError.self) { try await wider.restore(try await policy.checkpoint()) }
  }

  /// The columns of new instruments are sums of the words of the file, whatever the policy was drawn from.
  @Test("instruments that a policy did not know come in as the words that it knows")
  func newInstrumentsAreWords() async throws {
    let export = await SyntheticTracks.tinyPolicy(seed: 3).export()
    var encoder = SyntheticTracks.encoder
    encoder.instruments = ["harp"] + encoder.instruments.reversed()
    var injections: [Tensor] = []
    for seed in [4, 5] {
      let wider = EmbeddedPolicy(SyntheticTracks.tinyConfiguration(), encoder: encoder, seed: UInt64(seed))
      try await wider.load(export)
      let parameters = await wider.parameters
      injections.append(parameters[try #require(parameters.id(named: "projector.heads"))])
      let words = parameters[try #require(parameters.id(named: "embedding.tokens"))]
      let harp = Int(try #require(wider.vocabulary.token(ofWord: "harp")))
      for row in 0..<words.columns { #expect(injections.last?[row, encoder.heads.activity.lowerBound] == words[harp, row]) }
    }
    #expect(injections[0] == injections[1])
  }

  @Test("foreign bytes are refused and change nothing")
  func refusesForeignBytes() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    let before = try await policy.checkpoint()
    var wider = SyntheticTracks.tinyConfiguration()
    wider.model.feedForwardWidth = 32
    var wordier = SyntheticTracks.tinyConfiguration()
    wordier.model.additionalWords = ["tuba"]
    let foreign = [
      [], Array("no checkpoint".utf8), Array(before.dropLast(4)), await policy.export(),
      try await EmbeddedPolicy(wider, encoder: SyntheticTracks.encoder, seed: 1).checkpoint(),
      try await EmbeddedPolicy(wordier, encoder: SyntheticTracks.encoder, seed: 1).checkpoint(),
    ]
    for bytes in foreign {
      let error = await #expect(throws: PolicyError.self) { try await policy.restore(bytes) }
      #expect(error?.code == .badCheckpoint)
    }
    #expect(sameBytes(try await policy.checkpoint(), before))
  }

  @Test("the default policy has less than 3 million parameters and exports to less than 8 MB")
  func size() async throws {
    let policy = EmbeddedPolicy(seed: 1)
    #expect(await policy.parameterCount < 3_000_000)
    #expect(await policy.export().count < 8_000_000)
  }
}
