import Algorithms

/// The objective that TRL's `loss_type` and its options stand for.
enum TRLObjective {
  static func make(_ params: JSON) -> (objective: Objective, aggregation: any LossAggregation) {
    let clip = ClippedSurrogate(
      clipLow: params["eps_low"].double, clipHigh: params["eps_high"].double, ceiling: params["delta"].optional)
    let kind = params["loss_type"].text
    let surrogate: any ObjectiveTerm =
      switch kind {
      case "cispo": ClippedImportance(high: params["eps_high"].double)
      case "sapo": SoftGate(positive: params["temperature_pos"].double, negative: params["temperature_neg"].double)
      case "vespo":
        VariationalSurrogate(
          positive: .init(k: params["k_pos"].double, lambda: params["lambda_pos"].double),
          negative: .init(k: params["k_neg"].double, lambda: params["lambda_neg"].double))
      default: params["level"].text == "sequence" ? SequenceSurrogate(clip: clip) : clip
      }
    var summands: [(coefficient: Double, term: any ObjectiveTerm)] = [(1, surrogate)]
    if let beta = params["beta"].optional, beta > 0 {
      summands.append((beta, ReferenceKL(importance: params["use_bias_correction_kl"].bool ? .behavior : .none)))
    }
    if let coefficient = params["entropy_coef"].optional { summands.append((coefficient, EntropyBonus())) }
    let aggregation: any LossAggregation =
      switch kind {
      case "grpo", "sapo": SequenceMean()
      case "dapo", "cispo", "vespo": TokenMean(scope: .batch)
      case "dr_grpo": ConstantLength(length: params["max_completion_length"].double)
      case "luspo": TokenSum(perSequence: true)
      default: TokenMean()
      }
    let masks = params["off_policy_mask_threshold"].optional.map { [DriftMask(limit: $0)] } ?? []
    return (Objective(summands, weightings: masks), aggregation)
  }

  /// The KL that TRL logs: the token mean of the penalty, with the ratio where that multiplies it.
  static func withTokenMeanKL(_ params: JSON, _ block: TokenBlock) -> Double {
    let term = ReferenceKL(importance: params["use_bias_correction_kl"].bool ? .behavior : .none)
    let weights = TokenMean().tokenWeights(sequenceLengths: block.sequences.map(\.count), of: nil)
    let mean = TokenBlock(
      sequences: block.sequences, logProbabilities: block.logProbabilities,
      behaviorLogProbabilities: block.behaviorLogProbabilities, referenceLogProbabilities: block.referenceLogProbabilities,
      weights: zip(weights, block.sequences).flatMap { [Double](repeating: $0, count: $1.count) })
    return Objective([(1, term)]).evaluate(mean).report.loss
  }

  /// TRL counts the tokens of the generation batch and takes the share that one optimiser step works on.
  static func extent(_ params: JSON) -> BatchExtent {
    let minibatches = (params["steps_per_generation"].optional ?? 1) / (params["grad_accum"].optional ?? 1)
    return BatchExtent(tokens: params["num_items_in_batch"].int, minibatches: Int(minibatches))
  }

  static func dividesByAccumulation(_ params: JSON) -> Bool {
    ["grpo", "sapo", "bnpo", "dr_grpo", "luspo"].contains(params["loss_type"].text)
  }
}
