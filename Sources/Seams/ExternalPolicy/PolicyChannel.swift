import Foundation
import Policies
import Synchronization
import Timelines

/// Calls of a policy's process, checked for what the protocol promises.
final class PolicyChannel: Sendable {
  private let process: PolicyProcess
  private let calls = Mutex(0)

  /// What a log-probability may exceed 0 by, and an entropy fall below it: what rounding does to a logarithm of a softmax.
  private static let slack: Float = 0.01

  init(process: PolicyProcess) {
    self.process = process
  }

  func end() { process.end() }

  func call<Value: Decodable>(_ call: String, _ arguments: some Encodable) throws(PolicyError) -> Value {
    let id = nextID()
    let request = try encoded(PolicyRequest(id: id, call: call, arguments: arguments))
    let line = try process.exchange([request], call: call, longest: InputLimit.policyLine)
    return try result(of: line, to: call, id: id)
  }

  /// Lets no further call happen after a failure that nobody could be told of.
  func fail(_ error: PolicyError) { process.refuse(error) }

  func checkpoint() throws(PolicyError) -> [UInt8] {
    let id = nextID()
    let request = try encoded(PolicyRequest(id: id, call: "checkpoint", arguments: PolicyCall.Nothing()))
    let answer = StateText(try process.exchange([request], call: "checkpoint", longest: InputLimit.policyCheckpointLine))
    let value: PolicyCall.State = try result(of: answer.line, to: "checkpoint", id: id)
    guard let bytes = Data(base64Encoded: answer.state ?? Data(value.state.utf8)) else {
      throw broken("answered 'checkpoint' with a state that is not in base 64 (RFC 4648, one text without line ends)")
    }
    return [UInt8](bytes)
  }

  func restore(_ state: [UInt8]) throws(PolicyError) {
    let id = nextID()
    // As a request with a state is encoded, but without a copy of hundreds of megabytes as a text.
    let opening = Data(#"{"id":\#(id),"call":"restore","state":""#.utf8)
    let line = try process.exchange(
      [opening, Data(state).base64EncodedData(), Data(#""}"#.utf8)], call: "restore", longest: InputLimit.policyLine)
    let _: PolicyCall.Nothing = try result(of: line, to: "restore", id: id)
  }

  func sample<Prompt: Encodable>(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters, policy: Int, hasValueHead: Bool
  ) throws(PolicyError) -> [[Completion]] {
    let arguments = PolicyCall.Sample(
      policy: policy,
      requests: requests.map { PolicyCall.Sample.Request(prompt: $0.prompt, count: $0.count, seed: $0.seed) },
      temperature: parameters.temperature, topP: parameters.topP, maximumTokens: parameters.maximumTokens)
    let samples: PolicyCall.Samples = try call("sample", arguments)
    guard samples.completions.map(\.count) == requests.map(\.count) else {
      throw broken("gave \(samples.completions.map(\.count)) completions where \(requests.map(\.count)) were asked for")
    }
    var groups: [[Completion]] = []
    for (group, items) in samples.completions.enumerated() {
      var completions: [Completion] = []
      for (index, item) in items.enumerated() {
        if let fault = Self.fault(in: item, limit: parameters.maximumTokens, hasValueHead: hasValueHead) {
          throw broken("answered 'sample' with completions[\(group)][\(index)] \(fault)")
        }
        completions.append(
          Completion(
            tokens: item.tokens, logProbabilities: item.logProbabilities, values: item.values ?? [], text: item.text,
            isTruncated: item.truncated))
      }
      groups.append(completions)
    }
    return groups
  }

  func outputs<Prompt: Encodable>(
    for batch: TokenBatch<Prompt>, temperature: Float, policy: Int, keep: Bool, hasValueHead: Bool
  ) throws(PolicyError) -> TokenOutputs {
    let arguments = PolicyCall.Batch(
      policy: policy, prompts: batch.prompts, completions: batch.completions, promptIndices: batch.promptIndices,
      temperature: temperature, keep: keep)
    let numbers: PolicyCall.Numbers = try call("outputs", arguments)
    let (count, values) = (batch.tokenCount, numbers.values ?? [])
    guard numbers.logProbabilities.count == count, numbers.entropies.count == count, values.count == (hasValueHead ? count : 0)
    else {
      throw broken(
        "gave \(numbers.logProbabilities.count) log-probabilities, \(numbers.entropies.count) entropies and \(values.count) values for \(count) tokens"
      )
    }
    if let fault = Self.aboveZero(numbers.logProbabilities) { throw broken("answered 'outputs' with \(fault)") }
    if let index = numbers.entropies.firstIndex(where: { $0 < -Self.slack }) {
      throw broken("answered 'outputs' with entropies[\(index)] \(numbers.entropies[index]), below 0")
    }
    return TokenOutputs(logProbabilities: numbers.logProbabilities, entropies: numbers.entropies, values: values)
  }

  func apply(learningRate: Float, maximumNorm: Float) throws(PolicyError) -> Float {
    let applied: PolicyCall.Applied = try call(
      "apply", PolicyCall.Apply(learningRate: learningRate, maximumNorm: maximumNorm))
    guard applied.norm >= 0 else { throw broken("answered 'apply' with norm \(applied.norm), below 0") }
    return applied.norm
  }

  func tokens(for answer: String) throws(PolicyError) -> [Token] {
    let answer: PolicyCall.Tokens = try call("tokens", PolicyCall.Text(text: answer))
    if let index = answer.tokens.firstIndex(where: { $0 < 0 }) {
      throw broken("answered 'tokens' with tokens[\(index)] \(answer.tokens[index]), below 0")
    }
    return answer.tokens
  }

  /// An error after which the process is not asked again.
  func broken(_ what: String) -> PolicyError {
    process.fail("\(what). docs/external-policy.md has the messages; print anything else to standard error.")
  }

  private func nextID() -> Int {
    calls.withLock { count in
      count += 1
      return count
    }
  }

  private func result<Value: Decodable>(of line: Data, to call: String, id: Int) throws(PolicyError) -> Value {
    let reply: PolicyReply<Value>
    do throws(AnswerText.Complaint) {
      reply = try AnswerText(line: line).decoded(PolicyReply<Value>.self)
    } catch {
      throw broken("answered '\(call)' with what is no answer to it: \(ShownText.of(line)): \(ShownText.plain(error.text))")
    }
    guard reply.id == id else { throw broken("answered call \(reply.id) where call \(id), '\(call)', waits") }
    switch reply.result {
    case .success(let value): return value
    case .failure(let refusal): throw process.refused(call, id: id, refusal)
    }
  }

  private func encoded(_ request: some Encodable) throws(PolicyError) -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try encoder.encode(request)
    } catch {
      throw PolicyError(.badPrompt, "a prompt cannot be written as JSON", cause: error)
    }
  }

  private static func fault(in item: PolicyCall.Samples.Item, limit: Int, hasValueHead: Bool) -> String? {
    let (count, values) = (item.tokens.count, item.values?.count ?? 0)
    guard item.logProbabilities.count == count, values == (hasValueHead ? count : 0) else {
      return "of \(count) tokens with \(item.logProbabilities.count) log-probabilities and \(values) values"
    }
    guard count <= limit else { return "of \(count) tokens where maximum_tokens is \(limit)" }
    if let index = item.tokens.firstIndex(where: { $0 < 0 }) {
      return "whose tokens[\(index)] is \(item.tokens[index]), below 0"
    }
    return aboveZero(item.logProbabilities).map { "whose \($0)" }
  }

  private static func aboveZero(_ logProbabilities: [Float]) -> String? {
    guard let index = logProbabilities.firstIndex(where: { $0 > slack }) else { return nil }
    return
      "log_probabilities[\(index)] is \(logProbabilities[index]), above 0: no probability is above 1 (take the log-softmax in float32)"
  }
}
