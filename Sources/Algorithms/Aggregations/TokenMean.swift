/// The mean over all tokens of the minibatch: w = 1 / Σ lengths.
///
/// Every token counts the same, so long completions weigh more. Weights add up to 1.
///
/// Yu et al. 2025, *DAPO: An Open-Source LLM Reinforcement Learning System at Scale*, eq. 8.
public struct TokenMean: LossAggregation {
  public init() {}

  public func tokenWeights(sequenceLengths: [Int]) -> [Double] {
    let weight = 1 / Double(max(sequenceLengths.reduce(0, +), 1))
    return sequenceLengths.map { _ in weight }
  }
}
