import Policies

extension PolicyExamination {
  mutating func examineFreshness() async throws {
    for temperature in [options.temperature, 1.7 * options.temperature].prefix(options.triesTemperatures ? 2 : 1) {
      try await examineFreshness(temperature: temperature)
    }
  }

  mutating func examineOutputs() async throws {
    let batch = try await sampledBatch()
    let outputs = try await policy.outputs(for: batch, temperature: options.temperature)
    examineShape(outputs, count: batch.tokenCount)
    try await examineSharing(batch, outputs)
    let empty = TokenBatch<P.Prompt>(prompts: [], completions: [], promptIndices: [])
    let nothing = try await policy.outputs(for: empty, temperature: options.temperature)
    examineShape(nothing, count: 0)
  }

  /// What sampling reports is what scoring says.
  private mutating func examineFreshness(temperature: Float) async throws {
    var sampling = training
    sampling.temperature = temperature
    let groups = try await policy.sample(requests, with: sampling)
    let batch = TokenBatch(
      prompts: prompts, completions: groups.joined().map(\.tokens),
      promptIndices: groups.enumerated().flatMap { index, group in group.map { _ in index } })
    let outputs = try await policy.outputs(for: batch, temperature: temperature)
    let promise = "fresh log-probabilities equal rescored ones"
    let fresh = groups.joined().flatMap(\.logProbabilities)
    let distance = greatestDistance(fresh, outputs.logProbabilities)
    if !(distance <= options.outputTolerance) {
      fail(
        promise,
        "they differ by \(distance) nats at temperature \(temperature)\(place(of: distance, groups, outputs.logProbabilities))")
    }
    let values = groups.joined().flatMap(\.values)
    let valueDistance = greatestDistance(values, outputs.values)
    if !(valueDistance <= options.outputTolerance) {
      fail("fresh values equal rescored ones", "they differ by \(valueDistance) at temperature \(temperature)")
    }
  }

  /// Which token is scored otherwise than it was sampled, and whether it is only those that end completions.
  private func place(of distance: Float, _ groups: [[Completion]], _ scored: [Float]) -> String {
    let completions = Array(groups.joined())
    guard completions.reduce(0, { $0 + $1.tokens.count }) == scored.count else { return "" }
    var start = 0
    var (worst, others): (String, Float) = ("", 0)
    for completion in completions {
      for (index, sampled) in completion.logProbabilities.enumerated() {
        let difference = abs(sampled - scored[start + index])
        let ends = index == completion.tokens.count - 1 && !completion.isTruncated
        if !ends { others = max(others, difference.isNaN ? .infinity : difference) }
        guard worst.isEmpty, !(difference < distance) else { continue }
        worst =
          "token \(completion.tokens[index]), \(ends ? "which ends" : "number \(index + 1) of") '\(completion.text)': sampled at "
          + "\(sampled), scored at \(scored[start + index])"
      }
      start += completion.tokens.count
    }
    let ended = others <= options.outputTolerance ? "; only tokens that end a completion differ" : ""
    return ", most at \(worst)\(ended)"
  }

  private mutating func examineShape(_ outputs: TokenOutputs, count: Int) {
    let promise = "one output a token"
    if outputs.logProbabilities.count != count {
      fail(promise, "\(outputs.logProbabilities.count) log-probabilities of \(count)")
    }
    if outputs.entropies.count != count { fail(promise, "\(outputs.entropies.count) entropies of \(count)") }
    if !outputs.values.isEmpty, outputs.values.count != count { fail(promise, "\(outputs.values.count) values of \(count)") }
    if !outputs.entropies.allSatisfy({ $0.isFinite && $0 >= -options.outputTolerance }) {
      fail("entropies are finite and at least 0", "least \(outputs.entropies.min() ?? .nan)")
    }
  }

  /// A completion's outputs depend on its prompt and its tokens alone.
  private mutating func examineSharing(_ batch: TokenBatch<P.Prompt>, _ outputs: TokenOutputs) async throws {
    let promise = "a shared prompt gives the outputs of separate ones"
    let separate = TokenBatch(
      prompts: batch.promptIndices.map { batch.prompts[$0] }, completions: batch.completions,
      promptIndices: Array(batch.completions.indices))
    let distance = greatestDistance(try await policy.outputs(for: separate, temperature: options.temperature), outputs)
    if !(distance <= options.outputTolerance) { fail(promise, "they differ by \(distance)") }
    var start = 0
    var greatest: Float = 0
    for (tokens, prompt) in zip(batch.completions, batch.promptIndices) {
      let single = TokenBatch(prompts: [batch.prompts[prompt]], completions: [tokens], promptIndices: [0])
      let alone = try await policy.outputs(for: single, temperature: options.temperature)
      greatest = max(greatest, greatestDistance(alone, outputs.slice(start..<start + tokens.count)))
      start += tokens.count
    }
    if !(greatest <= options.outputTolerance) {
      fail("outputs do not depend on the rest of the batch", "they differ by \(greatest) from those of a batch of one")
    }
  }

  mutating func examineForeignToken() async {
    let batch = TokenBatch(prompts: [prompts[0]], completions: [[options.foreignToken]], promptIndices: [0])
    do {
      _ = try await policy.outputs(for: batch, temperature: options.temperature)
      fail("a token outside the vocabulary throws", "token \(options.foreignToken) was scored")
    } catch {
      if error.code != .badCompletion { fail("a token outside the vocabulary throws .badCompletion", "it threw: \(error)") }
    }
  }
}

extension TokenOutputs {
  /// The outputs of the tokens in `range`; traps where there are fewer.
  func slice(_ range: Range<Int>) -> TokenOutputs {
    TokenOutputs(
      logProbabilities: logProbabilities.piece(range), entropies: entropies.piece(range), values: values.piece(range))
  }
}

extension [Float] {
  /// The numbers in `range`, as far as there are any.
  fileprivate func piece(_ range: Range<Int>) -> [Float] { Array(self[range.clamped(to: indices)]) }
}
