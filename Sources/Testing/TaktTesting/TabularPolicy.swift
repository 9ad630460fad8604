public import Policies
import Randomness

/// A table of logits and values, one row for each position of each prompt, trained by gradient descent with momentum.
///
/// A completion is words and an end token; it forgets what it said before. Small enough to check by hand, it is the example of
/// plugging in a policy: `docs/writing-a-policy.md`.
public actor TabularPolicy: TrainablePolicy {
  public nonisolated let words: [String]
  public nonisolated let promptCount: Int
  public nonisolated let positionCount: Int
  public nonisolated let hasValueHead = true

  /// Row after row: one logit a word, one for the end, and the value.
  var parameters: [Float]
  var gradient: [Float]
  var velocity: [Float]
  private static let momentum: Float = 0.9

  /// Prompts are `0..<prompts`; all parameters start at 0.
  public init(prompts: Int, positions: Int, words: [String]) {
    (promptCount, positionCount, self.words) = (prompts, positions, words)
    parameters = [Float](repeating: 0, count: prompts * positions * (words.count + 2))
    (gradient, velocity) = (parameters, parameters)
  }

  public func sample(
    _ requests: [SamplingRequest<Int>], with sampling: SamplingParameters
  ) throws(PolicyError) -> [[Completion]] {
    try requests.map { request throws(PolicyError) in
      try (0..<request.count).map { index throws(PolicyError) in
        var stream = RandomStream(seed: request.seed).derived(index)
        return try completion(of: request.prompt, sampling, &stream)
      }
    }
  }

  private func completion(
    of prompt: Int, _ sampling: SamplingParameters, _ stream: inout RandomStream
  ) throws(PolicyError) -> Completion {
    var result = Completion(tokens: [], logProbabilities: [], text: "", isTruncated: true)
    while result.isTruncated, result.tokens.count < min(positionCount, sampling.maximumTokens) {
      let row = try row(prompt, position: result.tokens.count)
      let isGreedy = sampling.temperature == 0
      let distribution = distribution(row, isGreedy ? 1 : sampling.temperature)
      let draw = isGreedy ? distribution.greedyDraw : distribution.draw(topP: sampling.topP, from: &stream)
      result.tokens.append(Token(draw.token))
      result.logProbabilities.append(draw.logProbability)
      result.values.append(parameters[row + words.count + 1])
      result.isTruncated = draw.token < words.count
      if result.isTruncated, !result.text.isEmpty { result.text += " " }
      result.textOffsets.append(result.text.utf8.count)
      if result.isTruncated { result.text += words[draw.token] }
    }
    return result
  }

  public func outputs(for batch: TokenBatch<Int>, temperature: Float) throws(PolicyError) -> TokenOutputs {
    var outputs = TokenOutputs(logProbabilities: [], entropies: [], values: [])
    for (row, token) in try entries(of: batch) {
      let distribution = distribution(row, temperature)
      outputs.logProbabilities.append(distribution.logProbabilities[token])
      outputs.entropies.append(distribution.entropy)
      outputs.values.append(parameters[row + words.count + 1])
    }
    return outputs
  }

  public func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<Int>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) throws(PolicyError) -> Report {
    let (cotangents, report) = pullback(try outputs(for: batch, temperature: temperature))
    for (index, (row, token)) in try entries(of: batch).enumerated() {
      let (a, b) = (cotangents.logProbabilities[index], cotangents.entropies[index])
      let logits = distribution(row, temperature).logitGradient(token: token, logProbability: a, entropy: b)
      for (offset, derivative) in logits.enumerated() { gradient[row + offset] += derivative }
      gradient[row + words.count + 1] += cotangents.values[index]
    }
    return report
  }

  public func applyGradients(learningRate: Float, maximumNorm: Float) throws(PolicyError) -> Float {
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard norm.isFinite else { throw PolicyError(.nonFinite, "the gradient's norm is \(norm): lower the learning rate") }
    let scale = norm > maximumNorm ? maximumNorm / norm : 1
    for index in parameters.indices {
      velocity[index] = Self.momentum * velocity[index] + scale * gradient[index]
      parameters[index] -= learningRate * velocity[index]
    }
    discardGradients()
    return norm
  }

  public func discardGradients() { gradient = [Float](repeating: 0, count: parameters.count) }
}
