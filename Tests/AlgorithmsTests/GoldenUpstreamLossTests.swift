import Algorithms
import Testing

/// The losses, corrections and coefficients of `rl_upstream.json`.
@Suite(.serialized)
struct GoldenUpstreamLossTests {
  private static let clip = ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28, dualClip: 3, logRatioLimit: 20)

  @Test(arguments: GoldenFile.upstream.indices)
  func verl(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let losses = json["losses (adv=verl.grpo, clip low .2 high .28, c=3)"]
    let advantages = json["advantages"]["verl.grpo"].doubles
    let sequences = SequenceMean(empty: .leftOut, lengthSlack: 1e-8)
    let cases: [(key: String, term: any ObjectiveTerm, weights: any LossAggregation)] = [
      ("verl.vanilla/token-mean", Self.clip, TokenMean()),
      ("verl.vanilla/token-sum", Self.clip, TokenSum()),
      ("verl.vanilla/seq-mean-token-sum", Self.clip, TokenSum(perSequence: true)),
      ("verl.vanilla/seq-mean-token-mean", Self.clip, sequences),
      ("verl.vanilla/seq-mean-token-sum-norm", Self.clip, ConstantLength(length: 4)),
      ("verl.vanilla/seq-mean-token-sum-norm scale=512", Self.clip, ConstantLength(length: 512)),
      ("verl.gspo/token-mean(arg)", SequenceSurrogate(clip: Self.clip, gradient: .token), sequences),
      ("verl.sapo/token-mean(arg)", SoftGate(), sequences),
      ("verl.cispo/token-mean(arg)", ClippedImportance(low: 0.8, high: 1.28, logRatioLimit: 20), TokenMean()),
      ("verl.geo_mean/token-mean(arg)", GeometricMeanSurrogate(low: 0.2, high: 0.28, lengthSlack: 1e-8), sequences),
      ("verl.gpg/token-mean(arg)", Reinforce(), TokenMean()),
      ("verl.dppo_tv/token-mean(arg)", DivergenceMask(low: 0.2, high: 0.28), TokenMean()),
      ("verl.dppo_kl/token-mean(arg)", DivergenceMask(divergence: .binaryKL, low: 0.2, high: 0.28), TokenMean()),
    ]
    for (key, term, weights) in cases {
      expectClose(inputs.loss(term, advantages: advantages, weights: weights), losses[key].double, 1e-9, key)
    }
    let truncation = SamplerCorrection(level: .token, mode: .truncate, high: 2)
    let corrected = inputs.loss(Self.clip, advantages: advantages, weights: TokenMean(), corrections: [truncation])
    expectClose(corrected, losses["verl.vanilla/token-mean + token TIS w=min(exp(old-rollout),2)"].double)
    expectClose(corrected, json["openrlhf"]["openrlhf.PolicyLoss token tis[.5,5]"].double)
    let block = inputs.block(advantages: advantages, weights: TokenMean())
    let dro = Objective([(1, Reinforce()), (0.1, BehaviorPenalty())])
    expectClose(dro.evaluate(block).report.loss, losses["verl.dro/token-mean(arg)"].double)
    expectClose(Self.covariancePenalized(block), losses["verl.kl_cov/token-mean(arg)"].double)
  }

  /// verl's `kl_cov` out of Takt's parts.
  ///
  /// An unclipped surrogate, and |log ρ| on the token whose advantage and log-probability vary most together. It is no term of its own, because the choice of tokens depends on how a minibatch is cut.
  private static func covariancePenalized(_ block: TokenBlock) -> Double {
    let count = Double(block.count)
    let meanAdvantage = block.advantages.reduce(0, +) / count
    let meanLogProbability = block.logProbabilities.reduce(0, +) / count
    let covariances = zip(block.advantages, block.logProbabilities).map { ($0 - meanAdvantage) * ($1 - meanLogProbability) }
    let chosen = covariances.indices.max { covariances[$0] < covariances[$1] }
    let penalty = TokenBlock(
      sequences: block.sequences, logProbabilities: block.logProbabilities,
      referenceLogProbabilities: block.behaviorLogProbabilities,
      weights: block.weights.indices.map { $0 == chosen ? 1 / count : 0 })
    let surrogate = Objective([(1, DivergenceMask(form: .ratio, low: .infinity, high: .infinity))])
    return surrogate.evaluate(block).report.loss
      + Objective([(0.1, ReferenceKL(estimator: .abs))]).evaluate(penalty).report.loss
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func divergencesAndValues(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let losses = json["losses (adv=verl.grpo, clip low .2 high .28, c=3)"]
    let advantages = json["advantages"]["verl.grpo"].doubles
    let clamp = KLClamp(difference: 20, estimate: 10)
    for (name, nemo) in [("k1", 0), ("abs", -1), ("k2", 1), ("k3", 2)] {
      guard let estimator = KLEstimator(rawValue: name) else { continue }
      let mean = inputs.loss(ReferenceKL(estimator: estimator, clamp: clamp), advantages: advantages, weights: TokenMean())
      expectClose(mean, losses["verl.kl token-mean"][name].double, 1e-9, name)
      if nemo >= 0 { expectClose(mean, json["nemo-rl"]["nemo.kl k1,k2,k3 token mean"].doubles[nemo], 1e-9, name) }
    }
    let returns = inputs.ragged.flat(json["advantages"]["verl.gae lam=.95 returns [N][T]"].matrix)
    let block = inputs.block(advantages: advantages, weights: TokenMean(), values: inputs.prediction, returns: returns)
    expectClose(
      Objective([(1, ValueLoss(clip: 0.2))]).evaluate(block).report.loss, losses["verl.value_loss clip=.2 token-mean"].double)
    expectClose(
      Objective([(1, ValueLoss(clip: 0.5))]).evaluate(block).report.loss,
      json["openrlhf"]["openrlhf.ValueLoss clip .5 (returns=verl gae returns)"].double)
    let clipped = zip(zip(inputs.prediction, inputs.value), returns).count { values, target in
      let bounded = values.1 + min(max(values.0 - values.1, -0.2), 0.2)
      return (bounded - target).magnitude > (values.0 - target).magnitude
    }
    expectClose(Double(clipped) / Double(returns.count), losses["verl.vf_clipfrac"].double, 1e-8)
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func trl(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let losses = json["trl losses (adv = trl group r1 only)"]
    let advantages = json["trl"]["trl.sum_then_normalize/group r1 only"].doubles
    let clip = ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2)
    let cases: [(key: String, term: any ObjectiveTerm, weights: any LossAggregation)] = [
      ("trl.grpo", clip, SequenceMean()), ("trl.bnpo", clip, TokenMean()), ("trl.dr_grpo", clip, ConstantLength(length: 4)),
      ("trl.dapo", clip, TokenMean(scope: .batch)), ("trl.sapo", SoftGate(), SequenceMean()),
      ("trl.dr_grpo maxlen=512", clip, ConstantLength(length: 512)),
      ("trl.dapo eps_high=.28", ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28), TokenMean()),
      ("trl.dapo delta=1.25", ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2, ceiling: 1.25), TokenMean()),
      ("trl.cispo eps_high=5", ClippedImportance(high: 5), TokenMean()),
      ("trl.cispo eps_high=1.1", ClippedImportance(high: 1.1), TokenMean()),
      ("trl.cispo DEFAULT epsilon_high (=0.2, absolute cap)", ClippedImportance(high: 0.2), TokenMean()),
      ("trl.grpo level=sequence (GSPO)", SequenceSurrogate(clip: clip), SequenceMean()),
      ("trl.luspo level=sequence", SequenceSurrogate(clip: clip), TokenSum(perSequence: true)),
    ]
    for (key, term, weights) in cases {
      expectClose(inputs.loss(term, advantages: advantages, weights: weights), losses[key].double, 1e-9, key)
    }
    let penalized = Objective([(1, clip), (0.04, ReferenceKL())])
    expectClose(
      penalized.evaluate(inputs.block(advantages: advantages, weights: TokenMean())).report.loss,
      losses["trl.dapo beta=.04"].double)
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func openRLHFAndPrime(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let advantages = json["advantages"]["verl.grpo"].doubles
    let plain = ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28, logRatioLimit: 20)
    let cases: [(key: String, term: any ObjectiveTerm, weights: any LossAggregation)] = [
      ("openrlhf.PolicyLoss token (adv=verl.grpo)", plain, TokenMean()), ("openrlhf.PolicyLoss seq", plain, SequenceMean()),
      ("openrlhf.PolicyLoss token dual3", Self.clip, TokenMean()),
      ("openrlhf.gspo", SequenceSurrogate(clip: plain), SequenceMean()),
    ]
    for (key, term, weights) in cases {
      expectClose(inputs.loss(term, advantages: advantages, weights: weights), json["openrlhf"][key].double, 1e-9, key)
    }
    // prime-rl adds up and divides outside; the figure is divided by the number of tokens.
    let prime = Objective([(1, DivergenceMask(form: .ratio)), (2e-3, BehaviorPenalty())])
    let block = inputs.block(advantages: advantages, weights: TokenMean())
    let expected = json["prime-rl default loss (inference=old, adv=verl.grpo)"]
    expectClose(prime.evaluate(block).report.loss, expected["loss"].double)
    #expect(expected["masked"].int == 0)
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func corrections(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let inputs = UpstreamInputs(json["_inputs"])
    let figures = json["rollout correction (log_ratio=old-rollout)"]
    let factors = { (correction: SamplerCorrection) in
      Objective([], weightings: [correction]).weights(of: inputs.block(advantages: inputs.rewards, weights: TokenSum()))
    }
    let perToken: [(String, SamplerCorrection)] = [
      ("verl token TIS thr=1.02 [N][T]", SamplerCorrection(level: .token, mode: .truncate, high: 1.02)),
      ("verl token IcePop [.98,1.02] [N][T]", SamplerCorrection(level: .token, mode: .mask, low: 0.98, high: 1.02)),
      ("trl token_truncate max=1.02", SamplerCorrection(level: .token, mode: .truncate, high: 1.02)),
      ("trl token_mask max=1.02", SamplerCorrection(level: .token, mode: .mask, high: 1.02)),
    ]
    for (key, correction) in perToken {
      expectClose(factors(correction), inputs.ragged.flat(figures[key].matrix), 1e-9, key)
    }
    let perSequence: [(String, SamplerCorrection)] = [
      ("verl sequence TIS thr=1.05 (per seq)", SamplerCorrection(level: .sequence, mode: .truncate, high: 1.05)),
      ("trl sequence_truncate max=1.05", SamplerCorrection(level: .sequence, mode: .truncate, high: 1.05)),
      ("trl sequence_mask max=1.05", SamplerCorrection(level: .sequence, mode: .mask, high: 1.05)),
      ("swift sequence ratio (geometric mean)", SamplerCorrection(level: .geometric, mode: .truncate, high: .infinity)),
    ]
    for (key, correction) in perSequence {
      expectClose(factors(correction), inputs.ragged.spread(figures[key].doubles), 1e-9, key)
    }
    expectMetrics(factors(perToken[0].1), inputs.ragged, figures["metrics"])
  }

  /// verl guards its means with 10⁻⁸ and counts fractions before truncation, beyond the threshold and its inverse.
  private func expectMetrics(_ factors: [Double], _ ragged: Ragged, _ metrics: JSON) {
    let count = Double(factors.count)
    let mean = factors.reduce(0, +) / count
    expectClose(mean, metrics["rollout_is_mean"].double, 1e-8)
    expectClose(factors.max() ?? .nan, metrics["rollout_is_max"].double)
    expectClose(factors.min() ?? .nan, metrics["rollout_is_min"].double)
    expectClose(Double(factors.count { $0 >= 1.02 }) / count, metrics["rollout_is_ratio_fraction_high"].double, 1e-8)
    expectClose(Double(factors.count { $0 < 1 / 1.02 }) / count, metrics["rollout_is_ratio_fraction_low"].double, 1e-8)
    let variance = factors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    expectClose(variance.squareRoot(), metrics["rollout_is_std"].double, 1e-6)
    let shares = factors.map { $0 / mean }
    expectClose(count / shares.reduce(0) { $0 + $1 * $1 }, metrics["rollout_is_eff_sample_size"].double, 1e-6)
    let means = ragged.sequences.map { factors[$0].reduce(0, +) / Double($0.count) }
    let statistics = RewardStatistics(means)
    expectClose(statistics.mean, metrics["rollout_is_seq_mean"].double, 1e-8)
    expectClose(statistics.deviation, metrics["rollout_is_seq_std"].double, 1e-8)
    expectClose(means.max() ?? .nan, metrics["rollout_is_seq_max"].double, 1e-8)
    expectClose(means.min() ?? .nan, metrics["rollout_is_seq_min"].double, 1e-8)
    expectClose(means.map { ($0 - 1).magnitude }.max() ?? .nan, metrics["rollout_is_seq_max_deviation"].double, 1e-8)
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func overlongAndCoefficients(_ index: Int) {
    let json = GoldenFile.upstream[index]
    let table = json["soft overlong Lmax=20 cache=5"]
    for key in table.keys {
      let length = Int(key) ?? 0
      let capped = OverlongPunishment(limit: 20, buffer: 5)
      let open = OverlongPunishment(limit: 20, buffer: 5, isCapped: false)
      expectClose(open.reward(length: length), table[key]["verl_swift_nemo"].double)
      expectClose(capped.reward(length: length), table[key]["openrlhf"].double)
      expectClose(capped.reward(length: length), table[key]["trl"].double)
    }
    let controller = KLPenalty.Controller(target: 0.1, horizon: 10_000)
    var coefficient = 0.2
    let path = [0.05, 0.1, 0.2, 1].map { divergence in
      coefficient = controller.coefficient(after: coefficient, divergence: divergence, completions: 256)
      return coefficient
    }
    expectClose(path, json["adaptive kl: init .2 target .1 horizon 10000 n_steps 256 current [.05,.1,.2,1]"].doubles, 1e-12)

    let clamped = json["k3 with ref-logp d=[.5,5,25,-25]"]
    let differences = [0.5, 5, 25, -25]
    let estimate = { (clamp: KLClamp?) in
      differences.map { difference in
        let block = TokenBlock(
          sequences: [0..<1], logProbabilities: [0], referenceLogProbabilities: [difference], weights: [1])
        return Objective([(1, ReferenceKL(clamp: clamp))]).evaluate(block).report.loss
      }
    }
    expectClose(estimate(nil), clamped["trl_unclamped"].doubles)
    for name in ["verl", "nemo", "swift"] {
      expectClose(estimate(KLClamp(difference: 20, estimate: 10)), clamped[name].doubles, 1e-9, name)
    }
    // OpenRLHF computes it in single precision.
    expectClose(estimate(KLClamp(difference: .infinity, estimate: 10)), clamped["openrlhf"].doubles, 1e-6)
  }

  @Test(arguments: GoldenFile.upstream.indices)
  func upstreamCodeAgreedWithItself(_ index: Int) {
    let check = GoldenFile.upstream[index]["_executed_check (max |executed upstream - stored|)"]
    #expect(check.keys.count > 20)
    #expect(check.keys.allSatisfy { check[$0].double < 1e-7 })
  }
}
