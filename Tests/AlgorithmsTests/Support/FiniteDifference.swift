import Algorithms
import Testing

extension TokenBlock {
  /// Two completions of three and four tokens with every column, away from kinks.
  static let sample = TokenBlock(
    sequences: [0..<3, 3..<3, 3..<7],
    logProbabilities: [-1.1, -0.5, -2.0, -0.7, -1.3, -0.2, -3.1],
    behaviorLogProbabilities: [-1.0, -0.95, -1.6, -0.75, -1.25, -0.9, -2.2],
    referenceLogProbabilities: [-1.3, -0.6, -1.5, -0.8, -1.0, -0.1, -2.9],
    samplerLogProbabilities: [-1.05, -0.9, -1.7, -0.7, -1.3, -0.8, -2.3],
    entropies: [1.2, 0.4, 0.9, 2.0, 1.1, 0.3, 0.7], values: [0.3, 0.1, -0.2, 0.8, 0.5, 0.0, 1.4],
    behaviorValues: [0.2, 0.5, -0.1, 0.2, 0.55, 0.4, 1.2], advantages: [1.3, 1.3, 1.3, -0.7, -0.7, 0.4, -0.7],
    returns: [1.0, 0.9, 0.8, -0.1, 0.2, 0.4, 0.6], weights: [0.1, 0.1, 0.15, 0.2, 0.15, 0.2, 0.1])

  /// The same with other log-probabilities, entropies and values.
  func with(logProbabilities: [Double]? = nil, entropies: [Double]? = nil, values: [Double]? = nil) -> TokenBlock {
    TokenBlock(
      sequences: sequences, logProbabilities: logProbabilities ?? self.logProbabilities,
      behaviorLogProbabilities: behaviorLogProbabilities, referenceLogProbabilities: referenceLogProbabilities,
      samplerLogProbabilities: samplerLogProbabilities, entropies: entropies ?? self.entropies, values: values ?? self.values,
      behaviorValues: behaviorValues, advantages: advantages, returns: returns, weights: weights)
  }
}

/// The derivative by each entry, by central differences of step h: error about h²·f‴ + 10⁻¹⁶/h.
func finiteDifferences(at point: [Double], step: Double = 1e-6, of function: ([Double]) -> Double) -> [Double] {
  point.indices.map { index in
    var up = point
    up[index] += step
    var down = point
    down[index] -= step
    return (function(up) - function(down)) / (2 * step)
  }
}
