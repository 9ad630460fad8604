import Options

/// The options that several algorithms have in common, with a profile's choices as defaults.
struct SharedOptions {
  let choices: ProfileChoices

  init(_ options: inout OptionReader, for algorithm: String) {
    choices = options.choice("profile", default: Profile.takt, help: "whose numerical choices are the defaults")
      .choices(for: algorithm)
  }

  func groupAdvantage(_ options: inout OptionReader, epsilon: Double? = nil) -> any AdvantageEstimator {
    let scale = options.choice("scale", default: choices.scale, help: "what differences of rewards are divided by")
    let baseline = options.choice("baseline", default: choices.baseline, help: "what a reward is compared with")
    let epsilon = options.number(
      "advantage-epsilon", default: epsilon ?? choices.advantageEpsilon, in: 0...1, unit: "reward",
      help: "added to the deviation")
    let singleton = options.choice("singleton", default: choices.singleton, help: "advantage of a lone rewarded completion")
    switch baseline {
    case .mean: return GroupRelativeAdvantage(scale: scale, epsilon: epsilon, singleton: singleton)
    case .leaveOneOut:
      if scale == .batch { options.record("leave-one-out has no batch scale: choose group or none", at: "scale") }
      return LeaveOneOutAdvantage(scale: scale == .none ? .none : .others(epsilon: epsilon), singleton: singleton)
    }
  }

  /// `paper` is the clip range of the algorithm's own paper.
  func clippedSurrogate(_ options: inout OptionReader, paper: (low: Double, high: Double)? = nil) -> ClippedSurrogate {
    let range = choices.takesPaperClip ? paper : nil
    return ClippedSurrogate(
      clipLow: options.number("clip-low", default: range?.low ?? choices.clipLow, in: 0...1, help: "ε below 1"),
      clipHigh: options.number("clip-high", default: range?.high ?? choices.clipHigh, in: 0...100, help: "ε above 1"),
      dualClip: positive(
        options.number("dual-clip", default: choices.dualClip, in: 0...1000, help: "bound c on the loss for A < 0; 0 is none")),
      ceiling: positive(
        options.number("ratio-ceiling", default: 0, in: 0...1e6, help: "bound δ on the unclipped ratio; 0 is none")),
      logRatioLimit: logRatioLimit(&options), limitsSmallRatios: choices.limitsSmallRatios)
  }

  func logRatioLimit(_ options: inout OptionReader) -> Double? {
    positive(
      options.number(
        "log-ratio-limit", default: choices.logRatioLimit, in: 0...80, unit: "nats", help: "bound on |log ratio|; 0 is none"))
  }

  /// The profile's whitening, with ties as an option says.
  func whitening(_ options: inout OptionReader) -> Whitening {
    let ties = options.choice(
      "ties", default: Ties.exact,
      help: "whether tied rewards have advantage exactly 0 or what the toolkits' whitening leaves them")
    var whitening = choices.whitening
    whitening.zerosTies = ties == .exact
    return whitening
  }

  func aggregation(
    _ options: inout OptionReader, default name: AggregationName? = nil, lengthSlack: Double? = nil
  ) -> any LossAggregation {
    let name = options.choice("aggregation", default: name ?? choices.aggregation, help: "how token losses are averaged")
    let empty = options.choice(
      "empty-sequences", default: choices.emptySequences, help: "whether masked completions count in a mean over completions")
    let length = options.integer(
      "constant-length", default: 512, in: 1...1_000_000, unit: "tokens", help: "divisor of constant-length")
    return switch name {
    case .sequenceMean: SequenceMean(empty: empty, lengthSlack: lengthSlack ?? choices.lengthSlack)
    case .tokenMean: TokenMean()
    case .batchTokenMean: TokenMean(scope: .batch)
    case .tokenSum: TokenSum()
    case .sequenceSum: TokenSum(perSequence: true, empty: empty)
    case .constantLength: ConstantLength(length: Double(length), empty: empty)
    }
  }

  func schedule(_ options: inout OptionReader, epochs: Int = 1, minibatches: Int = 1) -> UpdateSchedule {
    UpdateSchedule(
      epochs: options.integer("epochs", default: epochs, in: 1...1000, help: "passes over a batch of rollouts"),
      minibatches: options.integer("minibatches", default: minibatches, in: 1...100_000, help: "optimiser steps a pass"),
      maximumGradientNorm: options.number(
        "maximum-gradient-norm", default: choices.maximumGradientNorm, in: 1e-9...1e9, help: "gradients are scaled down to it"),
      targetKL: positive(
        options.number(
          "target-kl", default: choices.targetKL, in: 0...1000, unit: "nats", help: "stops an update early; 0 never does"))
    )
  }

  /// `placement` is the algorithm's own, `estimator` what it uses in the loss.
  func penalty(
    _ options: inout OptionReader, placement: KLPenalty.Placement? = nil, estimator: KLEstimator? = nil
  ) -> (KLPenalty, aggregation: (any LossAggregation)?) {
    options.section("kl") { options in
      let coefficient = options.number(
        "coefficient", default: choices.klCoefficient, in: 0...100, help: "β; 0 needs no reference")
      let placement = options.choice("placement", default: choices.klPlacement ?? placement ?? .loss, help: "loss or reward")
      let order = options.choice(
        "order", default: choices.klOrder, help: "in the reward: before completions are compared, or after, token by token")
      let difference = options.number(
        "difference-limit", default: choices.klDifferenceLimit, in: 0...80, unit: "nats",
        help: "bound on |log ratio|; 0 is none")
      let estimate = options.number(
        "estimate-limit", default: choices.klEstimateLimit, in: 0...1e6, unit: "nats", help: "bound on the estimate; 0 is none")
      let scope = options.choice("limits", default: choices.klClampScope, help: "which estimates the limits hold")
      let term = ReferenceKL(
        estimator: options.choice(
          "estimator", default: placement == .reward ? .k1 : choices.klEstimator ?? estimator ?? .k3,
          help: "estimate of KL(policy ‖ reference)"),
        clamp: difference > 0 || estimate > 0
          ? KLClamp(difference: positive(difference) ?? .infinity, estimate: positive(estimate) ?? .infinity, scope: scope)
          : nil,
        importance: options.choice("importance", default: choices.klImportance, help: "what the estimate is multiplied by"),
        followsCorrection: options.flag(
          "follows-correction", default: choices.klFollowsCorrection, help: "whether corrections scale the penalty too"))
      let target = options.number("target", default: 0, in: 0...100, unit: "nats", help: "KL that β adapts to; 0 keeps β fixed")
      let horizon = options.number("horizon", default: 10_000, in: 1...1e9, unit: "completions", help: "pace of adapting")
      let penalty = KLPenalty(
        coefficient: coefficient, placement: placement, order: order, term: term,
        controller: target > 0 ? KLPenalty.Controller(target: target, horizon: horizon) : nil)
      return (penalty, aggregation: ownAggregation(&options, default: choices.klAggregation))
    }
  }

  /// How a term beside the policy loss is averaged; `nil` as the loss.
  private func ownAggregation(_ options: inout OptionReader, default own: TermAggregation) -> (any LossAggregation)? {
    options.choice("aggregation", default: own, help: "as the policy loss, or the mean over tokens whatever that is") == .loss
      ? nil : TokenMean()
  }

  func entropy(_ options: inout OptionReader) -> (EntropyControl, aggregation: (any LossAggregation)?) {
    options.section("entropy") { options in
      let coefficient = options.number(
        "coefficient", default: choices.entropyCoefficient, in: 0...100, help: "weight of the bonus")
      let target = options.number(
        "target", default: 0, in: 0...100, unit: "nats", help: "entropy to hold; 0 keeps the weight fixed")
      let step = options.number("step", default: 0.005, in: 0...1, help: "how far the weight moves a step")
      let maximum = options.number("maximum", default: 1, in: 0...100, help: "largest weight")
      let control = EntropyControl(
        coefficient: coefficient,
        target: target > 0 ? EntropyControl.Target(entropy: target, step: step, maximum: maximum) : nil)
      return (control, aggregation: ownAggregation(&options, default: choices.entropyAggregation))
    }
  }

  func overlong(_ options: inout OptionReader, buffer: Int = 0) -> OverlongPunishment? {
    options.section("overlong") { options in
      let buffer = options.integer("buffer", default: buffer, in: 0...1_000_000, unit: "tokens", help: "0 punishes nothing")
      let limit = options.integer("limit", default: 512, in: 1...1_000_000, unit: "tokens", help: "most tokens of a completion")
      let factor = options.number("factor", default: 1, in: 0...1000, unit: "reward", help: "punishment at the limit")
      let isCapped = options.flag("capped", default: choices.overlongIsCapped, help: "whether it stays at the factor beyond")
      if buffer > limit { options.record("is larger than the limit of \(limit) tokens: shorten it", at: "buffer") }
      return buffer == 0 || buffer > limit
        ? nil : OverlongPunishment(limit: limit, buffer: buffer, factor: factor, isCapped: isCapped)
    }
  }

  func selection(_ options: inout OptionReader, tied: CompletionSelection.TiedGroups = .keep) -> CompletionSelection {
    CompletionSelection(
      tiedGroups: options.choice("tied-groups", default: tied, help: "what happens to groups whose rewards are all equal"),
      refillRounds: options.integer("refill-rounds", default: 3, in: 1...100, help: "most rounds of further sampling a step"),
      fallback: options.choice(
        "refill-fallback", default: CompletionSelection.Fallback.drop, help: "what happens to tied groups still left"),
      masksTruncated: options.flag("mask-truncated", default: false, help: "whether completions cut off teach nothing"))
  }

  /// An algorithm on groups, with everything that all of them have.
  func parts(
    _ options: inout OptionReader, advantage: any AdvantageEstimator, surrogate: any ObjectiveTerm,
    aggregation: any LossAggregation, requirements: PolicyRequirements = .groups, schedule: UpdateSchedule? = nil,
    klPlacement: KLPenalty.Placement? = nil, klEstimator: KLEstimator? = nil, tied: CompletionSelection.TiedGroups = .keep,
    overlongBuffer: Int = 0
  ) -> AlgorithmParts {
    let schedule = schedule ?? self.schedule(&options)
    let (penalty, penaltyAggregation) = penalty(&options, placement: klPlacement, estimator: klEstimator)
    let (entropy, entropyAggregation) = entropy(&options)
    var parts = AlgorithmParts(
      advantage: advantage, surrogate: surrogate, aggregation: aggregation, schedule: schedule, requirements: requirements,
      penalty: penalty, entropy: entropy, weightings: weightings(&options),
      overlong: overlong(&options, buffer: overlongBuffer), rewardRange: rewardRange(&options),
      selection: selection(&options, tied: tied))
    parts.penaltyAggregation = penaltyAggregation
    parts.entropyAggregation = entropyAggregation
    return parts
  }

  private func rewardRange(_ options: inout OptionReader) -> ClosedRange<Double>? {
    positive(
      options.number(
        "reward-limit", default: choices.rewardLimit, in: 0...1e9, unit: "reward",
        help: "bound on |reward|, or on |advantage| where kl.order is after; 0 is none")
    ).map { -$0...$0 }
  }

  func weightings(_ options: inout OptionReader) -> [any PolicyWeighting] {
    options.section("correction") { options in
      let mode = options.choice(
        "mode", default: choices.correctionMode?.rawValue ?? "none", of: ["none", "truncate", "mask"],
        help: "what bounds do to the weight of another engine's rollouts")
      let level = options.choice("level", default: choices.correctionLevel, help: "whose ratio it is")
      let low = options.number("low", default: choices.correctionLow, in: 0...1, help: "smallest ratio; 0 bounds nothing")
      let high = options.number("high", default: choices.correctionHigh, in: 1...1e6, help: "largest ratio")
      let drift = options.number(
        "drift-limit", default: 0, in: 0...100, unit: "nats", help: "masks bad completions left behind; 0 never does")
      var weightings: [any PolicyWeighting] = drift > 0 ? [DriftMask(limit: drift)] : []
      if let mode = SamplerCorrection.Mode(rawValue: mode) {
        weightings.append(SamplerCorrection(level: level, mode: mode, low: low, high: high))
      }
      return weightings
    }
  }

  /// 0 stands for "none" in an experiment file.
  func positive(_ number: Double) -> Double? { number > 0 ? number : nil }
}
