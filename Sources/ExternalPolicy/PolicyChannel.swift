import Foundation
import Policies
import Synchronization

/// Calls of a policy's process, checked for the shapes that the protocol promises.
final class PolicyChannel: Sendable {
  private let child: ChildProcess
  private let name: String
  private let calls = Mutex(0)

  init(child: ChildProcess, name: String) {
    self.child = child
    self.name = name
  }

  func call<Value: Decodable>(_ call: String, _ arguments: some Encodable) throws(PolicyError) -> Value {
    let id = calls.withLock { count in
      count += 1
      return count
    }
    let answer = try child.exchange(try encoded(PolicyRequest(id: id, call: call, arguments: arguments)))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let reply: PolicyReply<Value>
    do {
      reply = try decoder.decode(PolicyReply<Value>.self, from: answer)
    } catch {
      throw broken("answered '\(call)' with what is no answer to it: \(Self.shown(answer))")
    }
    guard reply.id == id else { throw broken("answered call \(reply.id) where call \(id), '\(call)', waits") }
    return try reply.result.get()
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
    return try samples.completions.map { group throws(PolicyError) in
      try group.map { item throws(PolicyError) in
        let values = item.values ?? []
        guard item.logProbabilities.count == item.tokens.count, values.count == (hasValueHead ? item.tokens.count : 0) else {
          throw broken(
            "gave a completion of \(item.tokens.count) tokens with \(item.logProbabilities.count) log-probabilities and \(values.count) values"
          )
        }
        return Completion(
          tokens: item.tokens, logProbabilities: item.logProbabilities, values: values, text: item.text,
          isTruncated: item.truncated)
      }
    }
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
    return TokenOutputs(logProbabilities: numbers.logProbabilities, entropies: numbers.entropies, values: values)
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

  /// An error after which the process is not asked again.
  private func broken(_ what: String) -> PolicyError {
    let error = PolicyError(
      .backendFailure,
      "the policy '\(name)' \(what). docs/external-policy.md has the messages; print anything else to standard error")
    child.fail(error)
    return error
  }

  private static func shown(_ line: Data) -> String {
    let text = String(decoding: line.prefix(200), as: UTF8.self)
    return "'\(text)\(line.count > 200 ? "…" : "")'"
  }
}
