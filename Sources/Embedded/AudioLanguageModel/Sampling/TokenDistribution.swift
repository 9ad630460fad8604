import Policies
import Randomness
import RealModule
import Tensors

/// Draws tokens from rows of logits.
struct TokenDistribution {
  /// The log-probabilities of all tokens: tempered, or at temperature 1 where the choice is greedy.
  private let logProbabilities: UnsafeMutableBufferPointer<Float>
  private let parameters: SamplingParameters

  /// Turns a row of logits into log-probabilities, in place.
  init(_ logits: UnsafeMutableBufferPointer<Float>, _ parameters: SamplingParameters) {
    logProbabilities = logits
    self.parameters = parameters
    guard let start = logits.baseAddress else { return }
    let isGreedy = parameters.temperature == 0
    Kernels.logSoftmax(start, count: logits.count, scale: isGreedy ? 1 : 1 / parameters.temperature)
  }

  /// One token with its log-probability under the whole distribution; `nil` where that is not finite.
  func draw(using stream: inout RandomStream) -> (token: Token, logProbability: Float)? {
    let index: Int
    if parameters.temperature == 0 {
      index = likeliest()
    } else if parameters.topP < 1 {
      index = drawnFromLikeliest(at: stream.uniform())
    } else {
      index = drawn(at: stream.uniform())
    }
    let logProbability = logProbabilities[index]
    return logProbability.isFinite ? (Token(index), logProbability) : nil
  }

  /// The first of the likeliest tokens.
  private func likeliest() -> Int {
    var best = 0
    for index in logProbabilities.indices where logProbabilities[index] > logProbabilities[best] { best = index }
    return best
  }

  /// The token at which the cumulative probability passes `level`, in 0..<1.
  private func drawn(at level: Double) -> Int {
    var cumulative = 0.0
    for index in logProbabilities.indices {
      cumulative += Double(Float.exp(logProbabilities[index]))
      if cumulative > level { return index }
    }
    return likeliest()
  }

  /// As ``drawn(at:)`` among the smallest set of likeliest tokens with at least the probability `topP`.
  private func drawnFromLikeliest(at level: Double) -> Int {
    let ranked = logProbabilities.indices.sorted {
      (logProbabilities[$0], $1) > (logProbabilities[$1], $0)
    }
    var kept: [(index: Int, cumulative: Double)] = []
    var cumulative = 0.0
    for index in ranked {
      cumulative += Double(Float.exp(logProbabilities[index]))
      kept.append((index, cumulative))
      if cumulative >= Double(parameters.topP) { break }
    }
    let target = level * cumulative
    return kept.first { $0.cumulative > target }?.index ?? ranked[0]
  }
}
