import AudioLanguageModel
import Policies
import Testing

@Suite("EmbeddedPolicy sampling")
struct EmbeddedPolicySamplingTests {
  let questions = [
    "When does the piano first start to play?", "Describe by instrument", "When does the drums finally stop playing?",
  ]

  /// Requests about three tracks with several questions each.
  func requests(_ policy: EmbeddedPolicy, count: Int = 3) throws -> [SamplingRequest<AudioPrompt>] {
    var tracks = SyntheticTracks(seed: 21)
    var requests: [SamplingRequest<AudioPrompt>] = []
    for (index, seconds) in [9, 7, 10].enumerated() {
      let audio = tracks.audio("\(index)", seconds: seconds)
      for question in questions.prefix(1 + index) {
        requests.append(
          SamplingRequest(
            prompt: try policy.prompt(audio, question: question), count: count, seed: UInt64(100 + requests.count)))
      }
    }
    return requests
  }

  func batch(_ requests: [SamplingRequest<AudioPrompt>], _ completions: [[Completion]]) -> TokenBatch<AudioPrompt> {
    TokenBatch(
      prompts: requests.map(\.prompt), completions: completions.flatMap { $0 }.map(\.tokens),
      promptIndices: completions.enumerated().flatMap { index, group in group.map { _ in index } })
  }

  @Test("sampled log-probabilities and values are those of outputs", arguments: [0.7, 1, 1.5] as [Float])
  func sampledEqualsRescored(temperature: Float) async throws {
    let policy = SyntheticTracks.tinyPolicy()
    try await randomizeParameters(of: policy)
    let requests = try requests(policy)
    let completions = try await policy.sample(
      requests, with: SamplingParameters(temperature: temperature, maximumTokens: 12))
    let outputs = try await policy.outputs(for: batch(requests, completions), temperature: temperature)
    let flat = completions.flatMap { $0 }
    #expect(flat.count == 18)
    #expect(largestDifference(flat.flatMap(\.logProbabilities), outputs.logProbabilities) < 1e-4)
    #expect(largestDifference(flat.flatMap(\.values), outputs.values) < 1e-4)
    for completion in flat {
      #expect(completion.tokens.firstIndex(of: Vocabulary.end).map { $0 == completion.tokens.count - 1 } ?? true)
      #expect(completion.isTruncated == (completion.tokens.last != Vocabulary.end))
      #expect(completion.isTruncated ? completion.tokens.count == 12 : completion.tokens.count <= 12)
      #expect(completion.text == policy.vocabulary.decode(completion.tokens))
    }
  }

  @Test("the same seed gives the same completions, for any number of threads and any company")
  func sameSeedSameBytes() async throws {
    let policy = SyntheticTracks.tinyPolicy(threads: 1)
    let parallel = SyntheticTracks.tinyPolicy(threads: 2)
    let requests = try requests(policy)
    let parameters = SamplingParameters(maximumTokens: 10)
    let completions = try await policy.sample(requests, with: parameters)
    #expect(try await policy.sample(requests, with: parameters) == completions)
    #expect(try await parallel.sample(requests, with: parameters) == completions)
    for (index, request) in requests.enumerated() {
      let alone = try await policy.sample([request], with: parameters)[0]
      #expect(alone.map(\.tokens) == completions[index].map(\.tokens))
      for (one, other) in zip(alone, completions[index]) {
        #expect(largestDifference(one.logProbabilities, other.logProbabilities) < 1e-5)
      }
    }
    let fewer = try await policy.sample(
      requests.map { SamplingRequest(prompt: $0.prompt, count: 1, seed: $0.seed) }, with: parameters)
    #expect(fewer.map { $0.map(\.tokens) } == completions.map { [$0[0].tokens] })
    let reseeded = requests.map { SamplingRequest(prompt: $0.prompt, count: $0.count, seed: $0.seed + 1) }
    #expect(try await policy.sample(reseeded, with: parameters) != completions)
  }

  @Test("greedy takes the likeliest token and reports it at temperature 1")
  func greedy() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    try await randomizeParameters(of: policy)
    let requests = try requests(policy, count: 2)
    let completions = try await policy.sample(requests, with: .greedy(maximumTokens: 6))
    let outputs = try await policy.outputs(for: batch(requests, completions), temperature: 1)
    #expect(largestDifference(completions.flatMap { $0 }.flatMap(\.logProbabilities), outputs.logProbabilities) < 1e-4)
    for (request, group) in zip(requests, completions) {
      #expect(group[0] == group[1])
      let first = group[0].tokens[0]
      let every = (0..<policy.vocabulary.count).map { [Token($0)] }
      let all = try await policy.outputs(
        for: TokenBatch(prompts: [request.prompt], completions: every, promptIndices: every.map { _ in 0 }), temperature: 1)
      #expect(all.logProbabilities[Int(first)] == all.logProbabilities.max())
    }
  }

  @Test("frequencies of the first token follow its probabilities, and top-p keeps the smallest likely set")
  func frequencies() async throws {
    let policy = SyntheticTracks.tinyPolicy(hasValueHead: false)
    try await randomizeParameters(of: policy)
    let prompt = try requests(policy)[0].prompt
    let every = (0..<policy.vocabulary.count).map { [Token($0)] }
    let logs = try await policy.outputs(
      for: TokenBatch(prompts: [prompt], completions: every, promptIndices: every.map { _ in 0 }), temperature: 0.7
    ).logProbabilities
    let ranked = logs.indices.sorted { logs[$0] > logs[$1] }
    let count = 20_000
    func draw(topP: Float) async throws -> [Completion] {
      try await policy.sample(
        [SamplingRequest(prompt: prompt, count: count, seed: 4)],
        with: SamplingParameters(temperature: 0.7, topP: topP, maximumTokens: 1))[0]
    }
    let full = try await draw(topP: 1)
    for token in ranked.prefix(5) {
      let expected = Double(probability(logs[token]))
      let observed = Double(full.count { $0.tokens == [Token(token)] }) / Double(count)
      let deviation = (expected * (1 - expected) / Double(count)).squareRoot()
      #expect(abs(observed - expected) < 4 * deviation, "\(observed) against \(expected)")
    }
    var kept: Set<Token> = []
    var mass: Float = 0
    for token in ranked where mass < 0.6 {
      kept.insert(Token(token))
      mass += probability(logs[token])
    }
    let likely = try await draw(topP: 0.6)
    #expect(Set(likely.map { $0.tokens[0] }) == kept)
    #expect(likely.allSatisfy { abs($0.logProbabilities[0] - logs[Int($0.tokens[0])]) < 1e-4 })
  }

  private func probability(_ log: Float) -> Float {
    var (term, sum) = (Double(1), Double(1))
    for order in 1..<40 {
      term *= Double(-log) / Double(order)
      sum += term
    }
    return Float(1 / sum)
  }
}
