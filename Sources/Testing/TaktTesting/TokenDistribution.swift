public import Randomness
import RealModule

/// The softmax of a row of logits z at temperature T: what a policy's head computes for one token.
///
///     p_k = exp(z_k/T) / Σ_j exp(z_j/T)        H = −Σ_k p_k·log p_k, nats
public struct TokenDistribution: Sendable, Hashable {
  /// log p_k, nats.
  public let logProbabilities: [Float]
  public let temperature: Float

  /// Traps where there is no logit or the temperature is not above 0.
  public init(logits: some Sequence<Float>, temperature: Float) {
    precondition(temperature > 0, "greedy is a way to draw, not a distribution")
    let scaled = logits.map { $0 / temperature }
    guard let peak = scaled.max() else { preconditionFailure("a distribution needs at least one token") }
    let logSum = peak + .log(scaled.reduce(0) { $0 + .exp($1 - peak) })
    logProbabilities = scaled.map { $0 - logSum }
    self.temperature = temperature
  }

  /// H.
  public var entropy: Float {
    -logProbabilities.reduce(0) { $1 == -.infinity ? $0 : $0 + .exp($1) * $1 }
  }

  /// A token drawn from the smallest set of likeliest tokens with at least probability `topP`, with its log-probability within
  /// the set; 1 keeps all.
  public func draw(topP: Float, from stream: inout RandomStream) -> (token: Int, logProbability: Float) {
    var kept = Array(logProbabilities.indices)
    var mass: Float = 1
    if topP < 1 {
      let ranked = kept.sorted { logProbabilities[$0] > logProbabilities[$1] }
      (kept, mass) = ([], 0)
      for token in ranked where mass < topP || kept.isEmpty {
        kept.append(token)
        mass += .exp(logProbabilities[token])
      }
    }
    var rest = Float(stream.uniform()) * mass
    for token in kept {
      rest -= .exp(logProbabilities[token])
      if rest < 0 { return (token, logProbabilities[token] - .log(mass)) }
    }
    let last = kept.last { logProbabilities[$0] > -.infinity } ?? 0
    return (last, logProbabilities[last] - .log(mass))
  }

  /// The likeliest token, the first of several, and 0: greedy choice is certain.
  public var greedyDraw: (token: Int, logProbability: Float) {
    let best = logProbabilities.indices.max {
      logProbabilities[$0] < logProbabilities[$1] || (logProbabilities[$0] == logProbabilities[$1] && $0 > $1)
    }
    return (best ?? 0, 0)
  }

  /// The derivative by each logit, from those by log p of the token `y` and by H.
  ///
  ///     ∂/∂z_k = (a·(1[k = y] − p_k) − b·p_k·(log p_k + H)) / T
  public func logitGradient(token y: Int, logProbability a: Float, entropy b: Float) -> [Float] {
    let entropy = entropy
    return logProbabilities.enumerated().map { k, logProbability in
      let p = Float.exp(logProbability)
      let spread = p > 0 ? p * (logProbability + entropy) : 0
      return (a * ((k == y ? 1 : 0) - p) - b * spread) / temperature
    }
  }
}
