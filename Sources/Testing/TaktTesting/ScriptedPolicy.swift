public import Policies

/// A policy that says what a script tells it to: for trying rewards, readers, loops and reports without a model.
///
/// A token is a Unicode scalar of the text, and 0 ends it; every token has the log-probability `logProbability`, the entropy
/// −`logProbability` and no value, whatever the temperature.
public struct ScriptedPolicy<Prompt: Sendable>: Policy {
  private let logProbability: Float
  private let script: @Sendable (Prompt, Int) -> String

  /// `script` gives the text of the i-th completion of a prompt.
  public init(logProbability: Float = -1, script: @escaping @Sendable (_ prompt: Prompt, _ index: Int) -> String) {
    self.logProbability = logProbability
    self.script = script
  }

  public func sample(
    _ requests: [SamplingRequest<Prompt>], with parameters: SamplingParameters
  ) throws(PolicyError) -> [[Completion]] {
    requests.map { request in
      (0..<request.count).map { completion(script(request.prompt, $0), limit: parameters.maximumTokens) }
    }
  }

  public func outputs(for batch: TokenBatch<Prompt>, temperature: Float) throws(PolicyError) -> TokenOutputs {
    let numbers = [Float](repeating: logProbability, count: batch.tokenCount)
    return TokenOutputs(logProbabilities: numbers, entropies: numbers.map { -$0 }, values: [])
  }

  private func completion(_ text: String, limit: Int) -> Completion {
    let scalars = Array(text.unicodeScalars)
    let isTruncated = scalars.count >= limit
    let said = scalars.prefix(limit)
    let tokens = said.map { Token($0.value) } + (isTruncated ? [] : [0])
    var offsets = [0]
    for scalar in said { offsets.append((offsets.last ?? 0) + UTF8.width(scalar)) }
    return Completion(
      tokens: tokens, logProbabilities: [Float](repeating: logProbability, count: tokens.count),
      text: String(String.UnicodeScalarView(said)), textOffsets: Array(offsets.prefix(tokens.count)), isTruncated: isTruncated)
  }
}
