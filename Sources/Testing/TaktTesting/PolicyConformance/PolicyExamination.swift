import Policies

/// Sampling and scoring of one policy under examination.
struct PolicyExamination<P: Policy> {
  let policy: P
  let prompts: [P.Prompt]
  let options: PolicyConformanceOptions
  var failures: [ConformanceFailure] = []

  init(policy: P, prompts: [P.Prompt], options: PolicyConformanceOptions) {
    self.policy = policy
    self.prompts = prompts
    self.options = options
  }

  var training: SamplingParameters {
    SamplingParameters(temperature: options.temperature, maximumTokens: options.maximumTokens)
  }

  var requests: [SamplingRequest<P.Prompt>] {
    prompts.enumerated().map { index, prompt in
      SamplingRequest(prompt: prompt, count: options.groupSize, seed: options.seed &+ UInt64(index))
    }
  }

  /// A group of completions of each prompt, each prompt once.
  func sampledBatch() async throws -> TokenBatch<P.Prompt> {
    let groups = try await policy.sample(requests, with: training)
    return TokenBatch(
      prompts: prompts, completions: groups.joined().map(\.tokens),
      promptIndices: groups.enumerated().flatMap { index, group in group.map { _ in index } })
  }

  mutating func fail(_ promise: String, _ observation: String) {
    failures.append(ConformanceFailure(promise, observation))
  }

  /// Whether there are as many completions as asked for, on which all else rests.
  mutating func examineCompletions() async throws -> Bool {
    let groups = try await policy.sample(requests, with: training)
    guard groups.count == prompts.count, groups.allSatisfy({ $0.count == options.groupSize }) else {
      fail("as many completions as asked for", "\(groups.map(\.count)) for \(prompts.count) requests of \(options.groupSize)")
      return false
    }
    examineShape(groups)
    if try await !policy.sample([], with: training).isEmpty {
      fail("as many completions as asked for", "no request gave completions")
    }
    return true
  }

  mutating func examineSeeds() async throws {
    let groups = try await policy.sample(requests, with: training)
    if try await policy.sample(requests, with: training) != groups {
      fail("same seed, same bytes", "the same requests gave other completions the second time")
    }
    try await examineIndependence(groups)
  }

  private mutating func examineShape(_ groups: [[Completion]]) {
    for completion in groups.joined() {
      let count = completion.tokens.count
      if count == 0 || count > options.maximumTokens {
        fail("a completion has 1…maximumTokens tokens", "\(count) tokens where \(options.maximumTokens) are allowed")
      }
      if completion.isTruncated == false, count == 0 { fail("a completion ends with a token", "an empty one is not truncated") }
      if !completion.logProbabilities.allSatisfy({ $0.isFinite && $0 <= options.outputTolerance }) {
        fail("log-probabilities are finite and at most 0", "\(completion.logProbabilities)")
      }
      let offsets = completion.textOffsets
      if !zip(offsets, offsets.dropFirst() + [completion.text.utf8.count]).allSatisfy({ 0 <= $0 && $0 <= $1 }) {
        fail("text offsets do not fall and lie in the text", "\(offsets) in \(completion.text.utf8.count) bytes")
      }
      if !completion.values.allSatisfy(\.isFinite) { fail("values are finite", "\(completion.values)") }
    }
  }

  /// A completion depends on its prompt, seed and index alone.
  private mutating func examineIndependence(_ groups: [[Completion]]) async throws {
    let promise = "completions depend on neither order nor number of requests"
    let reversed = try await policy.sample(requests.reversed(), with: training)
    compare(Array(reversed.reversed()), groups, promise, "in reversed order")
    var single: [[Completion]] = []
    for request in requests { single += try await policy.sample([request], with: training) }
    compare(single, groups, promise, "one request at a time")
    let fewer = requests.map { SamplingRequest(prompt: $0.prompt, count: $0.count - 1, seed: $0.seed) }
    compare(
      try await policy.sample(fewer, with: training), groups.map { Array($0.dropLast()) }, promise, "one completion fewer")
  }

  private mutating func compare(_ seen: [[Completion]], _ expected: [[Completion]], _ promise: String, _ change: String) {
    let pairs = zip(seen.joined(), expected.joined())
    let isSame = seen.map(\.count) == expected.map(\.count) && pairs.allSatisfy { $0.tokens == $1.tokens && $0.text == $1.text }
    if !isSame {
      fail(promise, "other completions \(change)")
    } else if let distance = pairs.map({ greatestDistance($0.logProbabilities, $1.logProbabilities) }).max(),
      !(distance <= options.outputTolerance)
    {
      fail(promise, "log-probabilities differ by \(distance) nats \(change)")
    }
  }

  mutating func examineGreedy() async throws {
    let greedy = SamplingParameters.greedy(maximumTokens: options.maximumTokens)
    let groups = try await policy.sample(requests, with: greedy)
    let others = requests.map { SamplingRequest(prompt: $0.prompt, count: $0.count, seed: ~$0.seed) }
    let same = try await policy.sample(others, with: greedy)
    if !groups.allSatisfy({ Set($0.map(\.tokens)).count == 1 }) || groups.map({ $0[0].tokens }) != same.map({ $0[0].tokens }) {
      fail("greedy completions do not depend on the seed", "temperature 0 gave several completions of one prompt")
    }
    var nucleus = training
    nucleus.topP = 1e-6
    if try await policy.sample(requests, with: nucleus).map({ $0.map(\.tokens) }) != groups.map({ $0.map(\.tokens) }) {
      fail("top-p keeps the likeliest tokens", "a tiny top-p gave other tokens than greedy choice")
    }
  }
}

/// Greatest absolute difference of two arrays; infinite where their lengths differ or a number is not finite.
func greatestDistance(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { greatest, pair in
    let distance = abs(pair.0 - pair.1)
    return distance.isNaN ? .infinity : max(greatest, distance)
  }
}

func greatestDistance(_ a: TokenOutputs, _ b: TokenOutputs) -> Float {
  max(
    greatestDistance(a.logProbabilities, b.logProbabilities), greatestDistance(a.entropies, b.entropies),
    greatestDistance(a.values, b.values))
}
