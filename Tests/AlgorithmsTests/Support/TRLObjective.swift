import Algorithms
import Testing

/// The objective that TRL's `loss_type` and its options stand for.
enum TRLObjective {
  static func make(_ step: GoldenStep) -> (objective: Objective, aggregation: any LossAggregation) {
    let params = step.params
    let clip = ClippedSurrogate(
      clipLow: params["eps_low"].double, clipHigh: params["eps_high"].double, ceiling: params["delta"].optional)
    // What a loss type does not read has no bearing on it.
    params.passOver(
      "max_completion_length", "num_items_in_batch", "steps_per_generation", "grad_accum", "use_bias_correction_kl")
    let isOfSequences = params["level"].text == "sequence"
    if !isOfSequences, params["level"].text != "token" { step.unknown(params["level"]) }
    var surrogate: any ObjectiveTerm = isOfSequences ? SequenceSurrogate(clip: clip) : clip
    var aggregation: any LossAggregation = TokenMean()
    switch params["loss_type"].text {
    case "grpo": aggregation = SequenceMean()
    case "bnpo": break
    case "dapo": aggregation = TokenMean(scope: .batch)
    case "dr_grpo": aggregation = ConstantLength(length: params["max_completion_length"].double)
    case "luspo": aggregation = TokenSum(perSequence: true)
    case "cispo":
      surrogate = ClippedImportance(high: params["eps_high"].double)
      aggregation = TokenMean(scope: .batch)
    case "sapo":
      surrogate = SoftGate(positive: params["temperature_pos"].double, negative: params["temperature_neg"].double)
      aggregation = SequenceMean()
    case "vespo":
      surrogate = VariationalSurrogate(
        positive: .init(k: params["k_pos"].double, lambda: params["lambda_pos"].double),
        negative: .init(k: params["k_neg"].double, lambda: params["lambda_neg"].double))
      aggregation = TokenMean(scope: .batch)
    default: step.unknown(params["loss_type"])
    }
    if isOfSequences, ["cispo", "sapo", "vespo"].contains(params["loss_type"].text) { step.unknown(params["level"]) }
    var summands: [(coefficient: Double, term: any ObjectiveTerm)] = [(1, surrogate)]
    if let beta = params["beta"].optional, beta > 0 { summands.append((beta, penalty(params))) }
    if let coefficient = params["entropy_coef"].optional { summands.append((coefficient, EntropyBonus())) }
    let masks = params["off_policy_mask_threshold"].optional.map { [DriftMask(limit: $0)] } ?? []
    return (Objective(summands, weightings: masks), aggregation)
  }

  private static func penalty(_ params: JSON) -> ReferenceKL {
    let importance: ReferenceKL.Importance = params["level"].text == "sequence" ? .completion : .behavior
    return ReferenceKL(importance: params["use_bias_correction_kl"].bool ? importance : .none)
  }

  /// The KL that TRL logs: the token mean of the penalty, with the ratio where that multiplies it.
  static func withTokenMeanKL(_ params: JSON, _ block: TokenBlock) -> Double {
    let weights = TokenMean().tokenWeights(sequenceLengths: block.sequences.map(\.count), of: nil)
    let mean = TokenBlock(
      sequences: block.sequences, logProbabilities: block.logProbabilities,
      behaviorLogProbabilities: block.behaviorLogProbabilities, referenceLogProbabilities: block.referenceLogProbabilities,
      weights: zip(weights, block.sequences).flatMap { [Double](repeating: $0, count: $1.count) })
    return Objective([(1, penalty(params))]).evaluate(mean).report.loss
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
