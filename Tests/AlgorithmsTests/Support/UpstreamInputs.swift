import Algorithms

/// The inputs that all figures of `rl_upstream.json` share.
struct UpstreamInputs {
  let ragged: Ragged
  let rewards: [Double]
  let rewards2: [Double]
  let new, old, reference, rollout, value, prediction: [Double]

  init(_ json: JSON) {
    let lengths = json["lengths"].ints
    ragged = Ragged(lengths: lengths, width: json["T"].int)
    rewards = json["rewards"].doubles
    rewards2 = json["rewards2"].doubles
    new = ragged.flat(json["new"].matrix)
    old = ragged.flat(json["old"].matrix)
    reference = ragged.flat(json["ref"].matrix)
    rollout = ragged.flat(json["rollout"].matrix)
    value = ragged.flat(json["value"].matrix)
    prediction = ragged.flat(json["vpred"].matrix)
  }

  /// Groups of four with their lengths; both rewards as components.
  func batch(_ rewards: [Double?]? = nil, weights: [Double] = [1]) -> EstimatorBatch {
    let totals = rewards ?? self.rewards
    let inputs = ragged.sequences.enumerated().map { index, tokens -> EstimatorInput in
      EstimatorInput(
        reward: totals[index], length: tokens.count, components: [self.rewards[index], rewards2[index]],
        values: Array(value[tokens]), behavior: Array(old[tokens]))
    }
    return EstimatorBatch(
      groups: stride(from: 0, to: inputs.count, by: 4).map { Array(inputs[$0..<$0 + 4]) }, componentWeights: weights)
  }

  func block(advantages: [Double], weights: any LossAggregation, values: [Double] = [], returns: [Double] = []) -> TokenBlock {
    TokenBlock(
      sequences: ragged.sequences, logProbabilities: new, behaviorLogProbabilities: old, referenceLogProbabilities: reference,
      samplerLogProbabilities: rollout, values: values, behaviorValues: values.isEmpty ? [] : value,
      advantages: ragged.spread(advantages), returns: returns, weights: ragged.weights(weights))
  }

  func loss(
    _ term: any ObjectiveTerm, advantages: [Double], weights: any LossAggregation, corrections: [any PolicyWeighting] = []
  ) -> Double {
    Objective([(1, term)], weightings: corrections).evaluate(block(advantages: advantages, weights: weights)).report.loss
  }
}
