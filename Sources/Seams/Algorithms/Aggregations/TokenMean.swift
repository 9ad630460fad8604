/// The mean over all tokens: w = 1 / Σ lengths.
///
/// Every token counts the same, so long completions weigh more. Within a `minibatch` the weights add up to 1. Over the `batch`,
/// w = minibatches / tokens of the batch: a token counts the same whichever minibatch it falls into, and the weights of a minibatch add
/// up to 1 on average; without an extent this is the minibatch's mean.
///
/// Yu et al. 2025, *DAPO: An Open-Source LLM Reinforcement Learning System at Scale*, eq. 8.
package struct TokenMean: LossAggregation {
  package enum Scope: String, Sendable, Hashable, CaseIterable {
    case minibatch, batch
  }

  package var scope: Scope

  package init(scope: Scope = .minibatch) {
    self.scope = scope
  }

  package func tokenWeights(sequenceLengths: [Int], of batch: BatchExtent?) -> [Double] {
    let weight: Double
    if scope == .batch, let batch {
      weight = Double(batch.minibatches) / Double(max(batch.tokens, 1))
    } else {
      weight = 1 / Double(max(sequenceLengths.reduce(0, +), 1))
    }
    return sequenceLengths.map { _ in weight }
  }
}
