import Policies
import Randomness

/// A loss that is linear in the outputs, Σ_t a_t·log π(t) + b_t·H(t) + c_t·V(t): its weights are its cotangents.
struct LinearLoss: Sendable {
  /// Which outputs have a weight.
  enum Part: String, CaseIterable {
    case all, logProbabilities = "log-probabilities", entropies, values
  }

  var weights: TokenCotangents

  /// Weights within −1…1, drawn from `seed`, for the given outputs.
  init(of part: Part, like outputs: TokenOutputs, seed: UInt64) {
    weights = TokenCotangents(zerosLike: outputs)
    var stream = RandomStream(seed: seed)
    for column in [\TokenOutputs.logProbabilities, \.entropies, \.values] {
      let isIn: Bool =
        switch part {
        case .all: true
        case .logProbabilities: column == \.logProbabilities
        case .entropies: column == \.entropies
        case .values: column == \.values
        }
      for index in weights[keyPath: column].indices {
        let weight = Float(stream.uniform(in: -1...1))
        if isIn { weights[keyPath: column][index] = weight }
      }
    }
  }

  func scaled(by factor: Float) -> LinearLoss {
    var loss = self
    for column in [\TokenOutputs.logProbabilities, \.entropies, \.values] {
      for index in loss.weights[keyPath: column].indices { loss.weights[keyPath: column][index] *= factor }
    }
    return loss
  }

  /// The part of the loss that stands on the tokens in `range`.
  func slice(_ range: Range<Int>) -> LinearLoss {
    var loss = self
    loss.weights = weights.slice(range)
    return loss
  }

  func value(of outputs: TokenOutputs) -> Double {
    [\TokenOutputs.logProbabilities, \.entropies, \.values].reduce(0.0) { sum, column in
      zip(weights[keyPath: column], outputs[keyPath: column]).reduce(sum) { $0 + Double($1.0) * Double($1.1) }
    }
  }

  /// What the rounding of the outputs to `Float` may change the loss by.
  func rounding(of outputs: TokenOutputs) -> Double {
    [\TokenOutputs.logProbabilities, \.entropies, \.values].reduce(0.0) { sum, column in
      zip(weights[keyPath: column], outputs[keyPath: column]).reduce(sum) { $0 + Double(abs($1.0) * $1.1.ulp) }
    }
  }
}
