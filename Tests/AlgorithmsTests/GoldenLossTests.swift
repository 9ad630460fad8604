import Algorithms
import RealModule
import Testing

/// Losses and gradients as the toolkits' own code and autograd computed them in double precision.
struct GoldenLossTests {
  /// What verl calls the aggregation of the line, for rows of `width` tokens.
  private func aggregation(of step: GoldenStep, width: Int) -> any LossAggregation {
    switch step.params["agg"].text {
    case "token-mean": return TokenMean()
    case "token-sum": return TokenSum()
    case "seq-mean-token-sum": return TokenSum(perSequence: true, empty: .leftOut)
    case "seq-mean-token-mean": return SequenceMean(empty: .leftOut, lengthSlack: 1e-8)
    case "seq-mean-token-sum-norm": return ConstantLength(length: Double(width), empty: .leftOut)
    default:
      step.unknown(step.params["agg"])
      return TokenMean()
    }
  }

  private func expect(
    _ step: GoldenStep, _ objective: Objective, _ block: TokenBlock, _ ragged: Ragged, _ tolerance: Double = 1e-9
  ) {
    let (gradients, report) = objective.evaluate(block)
    expectClose(report.loss, step.expected["loss"].double, tolerance, "loss")
    ragged.expectClose(gradients.logProbabilities, step.expected["grad_logp"].matrix, tolerance, "gradient")
  }

  @Test(arguments: GoldenFile.steps("ppo_clip_loss"))
  func clippedSurrogateOfStableBaselines(_ step: GoldenStep) {
    defer { step.settle() }
    let count = step.input["logp"].doubles.count
    let raw = step.input["advantages"].doubles
    step.params.passOver("adv_eps")
    let advantages =
      step.params["normalize_advantage"].bool ? Whitening(guarding: .added(step.params["adv_eps"].double)).whitened(raw) : raw
    let block = TokenBlock(
      sequences: [0..<count], logProbabilities: step.input["logp"].doubles,
      behaviorLogProbabilities: step.input["old_logp"].doubles, advantages: advantages,
      weights: [Double](repeating: 1 / Double(count), count: count))
    let clip = step.params["clip"].double
    let (gradients, report) = Objective([(1, ClippedSurrogate(clipLow: clip, clipHigh: clip))]).evaluate(block)
    expectClose(report.loss, step.expected["loss"].double)
    expectClose(gradients.logProbabilities, step.expected["grad_logp"].doubles)
    expectClose(block.ratios, step.expected["ratio"].doubles)
    expectClose(report.means["policy/kl_behavior_k3"] ?? .nan, step.expected["approx_kl"].double)
    let beyond = block.ratios.count { ($0 - 1).magnitude > clip }
    expectClose(Double(beyond) / Double(count), step.expected["clip_fraction"].double)
  }

  @Test(arguments: GoldenFile.steps("ppo_dual_clip_loss"))
  func dualClip(_ step: GoldenStep) {
    defer { step.settle() }
    let ragged = Ragged(step.input["mask"].matrix)
    let surrogate = ClippedSurrogate(
      clipLow: step.params["clip_low"].double, clipHigh: step.params["clip_high"].double,
      dualClip: step.params["clip_c"].double, logRatioLimit: 20)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: ragged.flat(step.input["logp"].matrix),
      behaviorLogProbabilities: ragged.flat(step.input["old_logp"].matrix),
      advantages: ragged.flat(step.input["advantages"].matrix),
      weights: ragged.weights(aggregation(of: step, width: ragged.mask[0].count)))
    expect(step, Objective([(1, surrogate)]), block, ragged)
    let report = Objective([(1, surrogate)]).evaluate(block).report
    let clipped = (report.means["policy/clip_fraction_low"] ?? .nan) + (report.means["policy/clip_fraction_high"] ?? .nan)
    // verl divides by the number of tokens + 10⁻⁸.
    expectClose(clipped, step.expected["clip_fraction"].double, 1e-8)
    expectClose(report.means["policy/kl_behavior_k1"] ?? .nan, step.expected["ppo_kl"].double, 1e-8)
    let plain = ClippedSurrogate(clipLow: surrogate.clipLow, clipHigh: surrogate.clipHigh, logRatioLimit: 20)
    let bounded = block.ratios.indices.count { index in
      let token = SurrogateToken(
        logProbability: block.logProbabilities[index], behaviorLogProbability: block.behaviorLogProbabilities[index],
        advantage: block.advantages[index])
      return surrogate.loss(of: token).value < plain.loss(of: token).value
    }
    expectClose(Double(bounded) / Double(block.count), step.expected["clip_fraction_lower"].double, 1e-8)
  }

  @Test(arguments: GoldenFile.steps("value_loss_sb3", "value_loss_clipped_max"))
  func valueLoss(_ step: GoldenStep) {
    defer { step.settle() }
    let isPlain = step.function == "value_loss_sb3"
    let rows = { (json: JSON) in isPlain ? [json.doubles] : json.matrix }
    let ragged = isPlain ? Ragged([step.input["values"].doubles.map { _ in 1 }]) : Ragged(step.input["mask"].matrix)
    let values = ragged.flat(rows(step.input["values"]))
    let weights =
      isPlain
      ? values.map { _ in 1 / Double(values.count) }
      : ragged.weights(aggregation(of: step, width: ragged.mask[0].count))
    let term = ValueLoss(
      form: isPlain ? .clippedSquare : .clippedMaximum,
      clip: (isPlain ? step.params["clip_range_vf"] : step.params["cliprange_value"]).optional)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: values.map { _ in -1 }, values: values,
      behaviorValues: ragged.flat(rows(step.input["old_values"])), returns: ragged.flat(rows(step.input["returns"])),
      weights: weights)
    let (gradients, report) = Objective([(1, term)]).evaluate(block)
    expectClose(report.loss, step.expected["loss"].double)
    expectClose(gradients.values, ragged.flat(rows(step.expected["grad_values"])))
    guard !isPlain else { return }
    let plain = ValueLoss(form: term.form)
    let clipped = block.values.indices.count { index in
      let losses = [term, plain].map {
        $0.loss(value: block.values[index], behaviorValue: block.behaviorValues[index], target: block.returns[index]).value
      }
      return losses[0] > losses[1]
    }
    expectClose(Double(clipped) / Double(block.count), step.expected["clip_fraction"].double, 1e-8)
  }

  @Test(arguments: GoldenFile.steps("kl_penalty"))
  func klPenalty(_ step: GoldenStep) throws {
    defer { step.settle() }
    let term = ReferenceKL(
      estimator: try #require(KLEstimator(rawValue: step.params["kind"].text)),
      clamp: KLClamp(difference: 20, estimate: 10, scope: .exponential))
    let (policy, reference) = (step.input["logp"].doubles, step.input["ref_logp"].doubles)
    let ones = policy.map { _ in 1.0 }
    let block = TokenBlock(
      sequences: [0..<policy.count], logProbabilities: policy, referenceLogProbabilities: reference, weights: ones)
    let (gradients, report) = Objective([(1, term)]).evaluate(block)
    expectClose(report.loss, step.expected["kl"].doubles.reduce(0, +))
    expectClose(gradients.logProbabilities, step.expected["grad_logp_of_sum"].doubles)
    let each = zip(block.referenceLogRatios, block.referenceRatios).map { term.penalty(difference: $0, ratio: $1).value }
    expectClose(each, step.expected["kl"].doubles)
  }

  @Test(arguments: GoldenFile.steps("grpo_loss"))
  func groupRelativeLoss(_ step: GoldenStep) {
    defer { step.settle() }
    let ragged = Ragged(step.input["mask"].matrix)
    let (objective, aggregation) = TRLObjective.make(step)
    let extent = TRLObjective.extent(step.params)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: ragged.flat(step.input["logp"].matrix),
      behaviorLogProbabilities: ragged.flat(step.input["old_logp"].matrix),
      referenceLogProbabilities: step.input["ref_logp"].isNull ? [] : ragged.flat(step.input["ref_logp"].matrix),
      advantages: ragged.spread(step.input["advantages"].doubles), weights: ragged.weights(aggregation, of: extent))
    // TRL divides each microbatch by the number accumulated; Takt's weights know the whole minibatch.
    let divisor = TRLObjective.dividesByAccumulation(step.params) ? step.params["grad_accum"].double : 1
    let (gradients, report) = objective.evaluate(block)
    expectClose(report.loss / divisor, step.expected["loss"].double)
    ragged.expectClose(gradients.logProbabilities.map { $0 / divisor }, step.expected["grad_logp"].matrix)
    let metrics = step.expected["metrics"]
    if !metrics["kl"].isNull {
      let plain = TRLObjective.withTokenMeanKL(step.params, block)
      expectClose(plain, metrics["kl"].double)
    }
    let isOfSequences = step.params["level"].text == "sequence"
    if metrics.keys.contains("clip_ratio/low_mean") {
      let (low, high) = (metrics["clip_ratio/low_mean"].double, metrics["clip_ratio/high_mean"].double)
      // No token is cut off on both sides.
      expectClose(metrics["clip_ratio/region_mean"].double, low + high)
      if isOfSequences { expectCutOff(step, block, report) }
    }
    if metrics.keys.contains("clip_ratio/low_mean"), !isOfSequences {
      expectClose(report.means["policy/clip_fraction_low"] ?? .nan, metrics["clip_ratio/low_mean"].double)
      // Where the ceiling lies below the clip range, TRL compares the ratio after the ceiling and counts nothing.
      let isHidden = step.params["delta"].optional.map { $0 < 1 + step.params["eps_high"].double } ?? false
      let high = report.means["policy/clip_fraction_high"] ?? .nan
      expectClose(isHidden ? 0 : high, metrics["clip_ratio/high_mean"].double)
    }
    if !metrics["cispo_clip_ratio"].isNull {
      expectClose(report.means["policy/clip_fraction_high"] ?? .nan, metrics["cispo_clip_ratio"].double)
    }
  }

  /// Where a ratio is a completion's, TRL counts completions and Takt their tokens.
  private func expectCutOff(_ step: GoldenStep, _ block: TokenBlock, _ report: ObjectiveReport) {
    let (low, high) = (1 - step.params["eps_low"].double, 1 + step.params["eps_high"].double)
    let ceiling = step.params["delta"].optional ?? .infinity
    var (below, above) = ([Range<Int>](), [Range<Int>]())
    for sequence in block.sequences where !sequence.isEmpty {
      let ratio = Double.exp(block.logRatios[sequence].reduce(0, +) / Double(sequence.count))
      let advantage = block.advantages[sequence.lowerBound]
      if min(ratio, ceiling) < low, advantage < 0 { below.append(sequence) }
      if min(ratio, ceiling) > high, advantage > 0 { above.append(sequence) }
    }
    for (name, cut) in [("low", below), ("high", above)] {
      expectClose(Double(cut.count) / Double(block.sequences.count), step.expected["metrics"]["clip_ratio/\(name)_mean"].double)
      guard ceiling == .infinity else { continue }
      let tokens = Double(cut.reduce(0) { $0 + $1.count }) / Double(max(block.count, 1))
      expectClose(report.means["policy/clip_fraction_\(name)"] ?? 0, tokens)
    }
  }

  @Test(arguments: GoldenFile.steps("rloo_loss"))
  func leaveOneOutLoss(_ step: GoldenStep) {
    defer { step.settle() }
    let ragged = Ragged(step.input["mask"].matrix)
    let clip = ClippedSurrogate(clipLow: step.params["eps_low"].double, clipHigh: step.params["eps_high"].double)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: ragged.flat(step.input["logp"].matrix),
      behaviorLogProbabilities: ragged.flat(step.input["old_logp"].matrix),
      advantages: ragged.spread(step.input["advantages"].doubles), weights: ragged.weights(SequenceMean()))
    expect(step, Objective([(1, SequenceSurrogate(clip: clip, ratio: .sum))]), block, ragged)
  }

  @Test(arguments: GoldenFile.steps("gspo_token_loss", "cispo_two_sided_loss"))
  func sequenceAndImportance(_ step: GoldenStep) {
    defer { step.settle() }
    let ragged = Ragged(step.input["mask"].matrix)
    let (low, high) = (step.params["clip_low"].double, step.params["clip_high"].double)
    let isSequence = step.function == "gspo_token_loss"
    let term: any ObjectiveTerm =
      isSequence
      ? SequenceSurrogate(clip: ClippedSurrogate(clipLow: low, clipHigh: high), gradient: .token)
      : ClippedImportance(low: 1 - low, high: 1 + high, logRatioLimit: 20)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: ragged.flat(step.input["logp"].matrix),
      behaviorLogProbabilities: ragged.flat(step.input["old_logp"].matrix),
      advantages: ragged.spread(step.input["advantages"].doubles),
      weights: ragged.weights(aggregation(of: step, width: ragged.mask[0].count)))
    expect(step, Objective([(1, term)]), block, ragged)
  }

  @Test(arguments: GoldenFile.steps("aggregate_loss"))
  func aggregations(_ step: GoldenStep) {
    defer { step.settle() }
    let ragged = Ragged(step.input["mask"].matrix)
    let weights = ragged.weights(aggregation(of: step, width: ragged.mask[0].count))
    let losses = ragged.flat(step.input["loss_matrix"].matrix)
    expectClose(zip(losses, weights).reduce(0) { $0 + $1.0 * $1.1 }, step.expected["loss"].double)
    expectClose(ragged.padded(weights).flatMap { $0 }, step.expected["grad"].matrix.flatMap { $0 })
  }

  @Test(arguments: GoldenFile.steps("lr_schedule"))
  func learningRates(_ step: GoldenStep) {
    defer { step.settle() }
    let shapes: [String: LearningRateSchedule.Shape] = [
      "get_cosine_schedule_with_warmup": .cosine, "get_cosine_with_min_lr_schedule_with_warmup": .cosine,
      "get_linear_schedule_with_warmup": .linear, "get_constant_schedule_with_warmup": .constant,
    ]
    guard let shape = shapes[step.params["name"].text] else { return step.unknown(step.params["name"]) }
    let schedule = LearningRateSchedule(
      shape, base: step.params["base_lr"].double,
      warmup: step.params["num_warmup_steps"].int, steps: step.params["num_training_steps"].optional.map { Int($0) } ?? 0,
      floor: step.params["min_lr_rate"].optional ?? 0, cycles: step.params["num_cycles"].optional ?? 0.5, startsAtZero: true)
    let rates = (0..<step.input["steps"].int).map { schedule.rate(step: $0) }
    for (rate, expected) in zip(rates, step.expected["lr"].doubles) { #expect((rate - expected).magnitude <= 1e-18) }
    #expect(rates.count == step.expected["lr"].doubles.count)
  }

  @Test func aHeldRateFallsAfterTheHold() {
    let schedule = LearningRateSchedule(.cosine, base: 2, warmup: 2, hold: 3, steps: 9, floor: 0.25)
    let rates = (0..<9).map { schedule.rate(step: $0) }
    let fall = (0..<4).map { 2 * (0.25 + 0.75 * 0.5 * (1 + Double.cos(.pi * Double($0) / 4))) }
    for (rate, expected) in zip(rates, [1, 2, 2, 2, 2] + fall) { #expect(abs(rate - expected) < 1e-12) }
  }

  @Test(arguments: GoldenFile.steps("soft_overlong_punishment"))
  func overlongPunishment(_ step: GoldenStep) {
    defer { step.settle() }
    let punishment = OverlongPunishment(
      limit: step.params["max_completion_len"].int, buffer: step.params["soft_punish_cache"].int)
    expectClose(step.input["lengths"].ints.map { punishment.reward(length: $0) }, step.expected["reward"].doubles)
  }
}
