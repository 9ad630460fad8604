import Foundation
import Policies
import Timelines

/// The calls, checked for what the protocol promises.
extension PolicyChannel {
  /// What a log-probability may exceed 0 by, and an entropy fall below it: what rounding does to a logarithm of a softmax.
  private static let slack: Float = 0.01

  /// Asks for completions in as many requests at once as the process takes.
  ///
  /// - Parameter each: gets the completions of a range of the requests as they come.
  func sample<Prompt: Encodable>(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters, policy: Int, _ worker: WorkerCapabilities,
    each: (Range<Int>, [[Completion]]) -> Void = { _, _ in }
  ) throws(PolicyError) -> [[Completion]] {
    let parts = max(1, min(worker.inFlight, requests.count))
    let ranges = (0..<parts).map { requests.count * $0 / parts..<requests.count * ($0 + 1) / parts }
    var calls: [Request] = []
    for range in ranges {
      let arguments = PolicyCall.Sample(
        policy: policy,
        requests: requests[range].map { PolicyCall.Sample.Request(prompt: $0.prompt, count: $0.count, seed: $0.seed) },
        temperature: parameters.temperature, topP: parameters.topP, maximumTokens: parameters.maximumTokens)
      calls.append(try request("sample", arguments))
    }
    var groups = [[[Completion]]](repeating: [], count: parts)
    var failure: PolicyError?
    try answers(to: calls, longest: InputLimit.policyLine) { place, line in
      guard failure == nil else { return }
      do throws(PolicyError) {
        let samples: PolicyCall.Samples = try result(of: line, to: calls[place])
        groups[place] = try completions(samples, for: requests[ranges[place]].map(\.count), parameters.maximumTokens, worker)
        each(ranges[place], groups[place])
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return groups.flatMap { $0 }
  }

  private func completions(
    _ samples: PolicyCall.Samples, for counts: [Int], _ limit: Int, _ worker: WorkerCapabilities
  ) throws(PolicyError) -> [[Completion]] {
    guard samples.completions.map(\.count) == counts else {
      throw broken("gave \(samples.completions.map(\.count)) completions where \(counts) were asked for")
    }
    var groups: [[Completion]] = []
    for (group, items) in samples.completions.enumerated() {
      var completions: [Completion] = []
      for (index, item) in items.enumerated() {
        if let fault = Self.fault(in: item, limit: limit, worker) {
          throw broken("answered 'sample' with completions[\(group)][\(index)] \(fault)")
        }
        completions.append(
          Completion(
            tokens: item.tokens, logProbabilities: item.logProbabilities.numbers, values: item.values?.numbers ?? [],
            text: item.text, textOffsets: item.textOffsets ?? [], isTruncated: item.truncated))
      }
      groups.append(completions)
    }
    return groups
  }

  func outputs<Prompt: Encodable>(
    for batch: TokenBatch<Prompt>, temperature: Float, policy: Int, keep: Bool, _ worker: WorkerCapabilities
  ) throws(PolicyError) -> TokenOutputs {
    if worker.policy.temperatures == .one, temperature != 1 {
      throw PolicyError(
        .badPrompt,
        "\(description) has probabilities at temperature 1 alone, not at \(temperature): set training.temperature to 1")
    }
    let arguments = PolicyCall.Batch(
      policy: policy, prompts: batch.prompts, completions: batch.completions, promptIndices: batch.promptIndices,
      temperature: temperature, keep: keep)
    let numbers: PolicyCall.Numbers = try call("outputs", arguments)
    let (count, logs, values) = (batch.tokenCount, numbers.logProbabilities.numbers, numbers.values?.numbers ?? [])
    let entropies = numbers.entropies?.numbers ?? (worker.policy.entropies ? [] : logs.map { -$0 })
    guard logs.count == count, entropies.count == count, values.count == (worker.values ? count : 0) else {
      throw broken(
        "gave \(logs.count) log-probabilities, \(entropies.count) entropies and \(values.count) values for \(count) tokens")
    }
    if let fault = Self.aboveZero(logs) { throw broken("answered 'outputs' with \(fault)") }
    if let index = entropies.firstIndex(where: { $0 < -Self.slack }) {
      throw broken("answered 'outputs' with entropies[\(index)] \(entropies[index]), below 0")
    }
    return TokenOutputs(logProbabilities: logs, entropies: entropies, values: values)
  }

  func backward(_ cotangents: TokenCotangents, _ worker: WorkerCapabilities) throws(PolicyError) {
    let entropies = worker.policy.entropies ? cotangents.entropies : nil
    guard worker.policy.entropies || !cotangents.entropies.contains(where: { $0 != 0 }) else {
      throw PolicyError(
        .backendFailure, "\(description) gives no entropies and the loss has a derivative by them: set algorithm.entropy to 0")
    }
    let _: PolicyCall.Nothing = try call(
      "backward",
      PolicyCall.Numbers(
        logProbabilities: PackedFloats(cotangents.logProbabilities), entropies: entropies.map { PackedFloats($0) },
        values: PackedFloats(cotangents.values)))
  }

  func apply(learningRate: Float, maximumNorm: Float, _ worker: WorkerCapabilities) throws(PolicyError) -> Float {
    let applied: PolicyCall.Applied = try call(
      "apply", PolicyCall.Apply(learningRate: learningRate, maximumNorm: maximumNorm))
    guard worker.policy.norm else { return .nan }
    guard let norm = applied.norm else {
      throw broken("answered 'apply' without the norm of the gradient: give it, or say capabilities.norm false")
    }
    guard norm >= 0 else { throw broken("answered 'apply' with norm \(norm), below 0") }
    return norm
  }

  func tokens(for answer: String) throws(PolicyError) -> [Token] {
    let answer: PolicyCall.Tokens = try call("tokens", PolicyCall.Text(text: answer))
    if let index = answer.tokens.firstIndex(where: { $0 < 0 }) {
      throw broken("answered 'tokens' with tokens[\(index)] \(answer.tokens[index]), below 0")
    }
    return answer.tokens
  }

  func checkpoint() throws(PolicyError) -> [UInt8] {
    let request = try request("checkpoint", PolicyCall.Nothing())
    let answer = StateText(try answer(to: request, longest: InputLimit.policyCheckpointLine))
    let value: PolicyCall.State = try result(of: answer.line, to: request)
    guard let bytes = Data(base64Encoded: answer.state ?? Data(value.state.utf8)) else {
      throw broken("answered 'checkpoint' with a state that is not in base 64 (RFC 4648, one text without line ends)")
    }
    return [UInt8](bytes)
  }

  func checkpoint(into folders: PolicyCheckpoints) throws(PolicyError) -> [UInt8] {
    let folder = try folders.begin()
    let _: PolicyCall.Nothing = try call("checkpoint", PolicyCall.Folder(folder: folder))
    switch folders.finish(folder) {
    case .success(let reference): return reference
    case .failure(let fault): throw broken("answered 'checkpoint', but \(fault.text)")
    }
  }

  func restore(_ state: [UInt8]) throws(PolicyError) {
    let request = request("restore", key: "state", text: Data(state).base64EncodedData())
    let _: PolicyCall.Nothing = try result(of: try answer(to: request, longest: InputLimit.policyLine), to: request)
  }

  func restore(folder: String) throws(PolicyError) {
    let _: PolicyCall.Nothing = try call("restore", PolicyCall.Folder(folder: folder))
  }

  private static func fault(in item: PolicyCall.Samples.Item, limit: Int, _ worker: WorkerCapabilities) -> String? {
    let (count, logs, values) = (item.tokens.count, item.logProbabilities.numbers, item.values?.numbers.count ?? 0)
    guard logs.count == count, values == (worker.values ? count : 0) else {
      return "of \(count) tokens with \(logs.count) log-probabilities and \(values) values"
    }
    guard count <= limit else { return "of \(count) tokens where maximum_tokens is \(limit)" }
    if let index = item.tokens.firstIndex(where: { $0 < 0 }) {
      return "whose tokens[\(index)] is \(item.tokens[index]), below 0"
    }
    if let offsets = item.textOffsets, !offsets.isEmpty {
      guard offsets.count == count else { return "of \(count) tokens with \(offsets.count) text_offsets" }
      let end = item.text.utf8.count
      for (index, offset) in offsets.enumerated() where offset < (index > 0 ? offsets[index - 1] : 0) || offset > end {
        return "whose text_offsets[\(index)] is \(offset): they do not fall and lie in the \(end) bytes of the text"
      }
    } else if worker.policy.textOffsets, count > 0 {
      return "without text_offsets, which its capabilities promise"
    }
    return aboveZero(logs).map { "whose \($0)" }
  }

  private static func aboveZero(_ logProbabilities: [Float]) -> String? {
    guard let index = logProbabilities.firstIndex(where: { $0 > slack }) else { return nil }
    return
      "log_probabilities[\(index)] is \(logProbabilities[index]), above 0: no probability is above 1 (take the log-softmax in float32)"
  }
}
