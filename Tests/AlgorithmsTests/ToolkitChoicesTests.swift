import Algorithms
import Options
import RealModule
import Testing

/// Choices in which toolkits differ, one at a time.
struct ToolkitChoicesTests {
  /// ½ ≤ factor ≤ 2, whatever the horizon: β never changes its sign, and far from the bounds it is Ziegler's.
  @Test(arguments: [1, 10, 64, 10_000] as [Double])
  func theAdaptiveCoefficientKeepsItsSign(_ horizon: Double) {
    let controller = KLPenalty.Controller(target: 6, horizon: horizon)
    var coefficient = 0.1
    for divergence in [0, 0, 100, 0, 0] as [Double] {
      let next = controller.coefficient(after: coefficient, divergence: divergence, completions: 64)
      #expect(next >= coefficient / 2 && next <= 2 * coefficient && next > 0)
      if horizon == 10_000 { expectClose(next, coefficient * (1 + (divergence > 6 ? 0.2 : -0.2) * 64 / 10_000), 1e-15) }
      coefficient = next
    }
  }

  @Test func truncationHasALowerBound() {
    let correction = SamplerCorrection(level: .token, mode: .truncate, low: 0.5, high: 2)
    #expect([0.1, 0.5, 1, 2, 9].map(correction.bounded) == [0.5, 0.5, 1, 2, 2])
    #expect(SamplerCorrection(level: .token, mode: .truncate, high: 2).bounded(0.1) == 0.1)
  }

  /// A fully open gate has no slope, also where its ratio is no number any more.
  @Test func theSoftGateStaysANumber() {
    for ratio in [0, 1e-9, 40, 1e300, Double.infinity] {
      for advantage in [-1.5, 0, 2] {
        let loss = SoftGate().loss(
          of: SurrogateToken(logProbability: -1, logRatio: Double.log(ratio), ratio: ratio, advantage: advantage))
        #expect(loss.value.isFinite && loss.derivative.isFinite, "\(ratio) \(advantage)")
        if ratio > 100 { #expect(loss.derivative == 0) }
      }
    }
    // verl's ±20 nats.
    let beyond = SurrogateToken(logProbability: -1, behaviorLogProbability: 24, advantage: 1)
    let limited = SoftGate(logRatioLimit: 20).loss(of: beyond)
    #expect(limited.derivative == 0)
    expectClose(limited.value, -4 / (1 + Double.exp(1 - Double.exp(-20))), 1e-15)
  }

  /// Only k3 has bounds in verl, and a straight-through form borrows k2's derivative whole.
  @Test func boundsOfEstimates() throws {
    let clamp = KLClamp(difference: 20, estimate: 10, scope: .exponential)
    for estimator in KLEstimator.allCases {
      let verl = ReferenceKL(estimator: estimator, clamp: clamp).penalty(difference: -30, ratio: Double.exp(-30))
      let free = estimator.estimate(difference: -30, ratio: Double.exp(-30))
      let isBounded = estimator == .k3 || estimator == .k3Straight
      expectClose(verl.value, isBounded ? 10 : free.value, 1e-15, "\(estimator)")
      expectClose(verl.derivative, estimator == .k3 ? 0 : free.derivative, 1e-15, "\(estimator)")
      let all = ReferenceKL(estimator: estimator, clamp: KLClamp(difference: 20, estimate: 10))
      #expect(all.penalty(difference: -30, ratio: Double.exp(-30)).value.magnitude <= 10)
    }
    // In a reward the same bounds hold: k1 there is verl's default.
    let verl = try AlgorithmFixture.make(
      "rloo", ["profile": .text("verl"), "kl": AlgorithmFixture.map(["coefficient": .number(1)]).content])
    let input = EstimatorInput(reward: 0, behavior: [-1], reference: [-31])
    let other = EstimatorInput(reward: 0, behavior: [-1], reference: [-1])
    #expect(verl.advantage.firsts(EstimatorBatch(groups: [[input, other]])) == [-30, 30])
  }

  /// In the reward every toolkit starts from k1.
  @Test(arguments: Profile.allCases)
  func theEstimateFollowsThePlace(_ profile: Profile) throws {
    let reward = AlgorithmFixture.map(["coefficient": .number(0.5), "placement": .text("reward")]).content
    let loss = AlgorithmFixture.map(["coefficient": .number(0.5), "placement": .text("loss")]).content
    let made = try AlgorithmFixture.make("grpo", ["profile": .text(profile.rawValue), "kl": reward])
    #expect(((made as? any ComposedAlgorithm)?.parts.penalty.term.estimator) == .k1)
    let other = try AlgorithmFixture.make("grpo", ["profile": .text(profile.rawValue), "kl": loss])
    let term = try #require(other.objective.summands[1].term as? ReferenceKL)
    #expect(term.estimator == (profile == .openrlhf ? .k1 : .k3))
  }

  /// verl's GSPO: no dual clip, no bound below, and e¹⁰ above.
  @Test func sequenceRatiosUnderVerl() throws {
    let algorithm = try AlgorithmFixture.make("gspo", ["profile": .text("verl"), "clip-low": .number(0.2)])
    let surrogate = try #require(algorithm.objective.summands[0].term as? SequenceSurrogate)
    let token = { (logRatio: Double, advantage: Double) in
      surrogate.clip.loss(
        of: SurrogateToken(logProbability: -1, logRatio: logRatio, ratio: Double.exp(logRatio), advantage: advantage))
    }
    expectClose(token(25, -2).value, 2 * Double.exp(10), 1e-15)
    #expect(token(25, -2).derivative == 0)
    expectClose(token(-15, 1).value, -Double.exp(-15), 1e-15)
    #expect(token(-15, 1).derivative == -Double.exp(-15))
  }

  /// The bonus's own weights move its loss and its derivative, and nothing else's.
  @Test func entropyHasItsOwnMean() {
    let block = TokenBlock.sample
    let weights = (0..<7).map { 0.05 * Double($0 + 1) }
    let other = TokenBlock(
      sequences: block.sequences, logProbabilities: block.logProbabilities,
      behaviorLogProbabilities: block.behaviorLogProbabilities, referenceLogProbabilities: block.referenceLogProbabilities,
      entropies: block.entropies, advantages: block.advantages, weights: block.weights, entropyWeights: weights,
      penaltyWeights: weights)
    let clip = ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2)
    let objective = Objective([(1, clip), (0.5, EntropyBonus()), (0.25, ReferenceKL())])
    let (gradients, report) = objective.evaluate(other)
    let policy = Objective([(1, clip)]).evaluate(block)
    let divergences = zip(block.referenceLogRatios, block.referenceRatios).map {
      KLEstimator.k3.estimate(difference: $0, ratio: $1)
    }
    let bonus = zip(weights, block.entropies).reduce(0) { $0 - 0.5 * $1.0 * $1.1 }
    let penalty = zip(weights, divergences).reduce(0) { $0 + 0.25 * $1.0 * $1.1.value }
    expectClose(report.loss, policy.report.loss + bonus + penalty, 1e-14)
    expectClose(gradients.entropies, weights.map { -0.5 * $0 }, 1e-15)
    expectClose(
      gradients.logProbabilities,
      zip(policy.gradients.logProbabilities, zip(weights, divergences)).map { $0 + 0.25 * $1.0 * $1.1.derivative }, 1e-14)
  }

  /// Another engine's factors are part of VESPO's W; a factor of the whole completion counts once.
  @Test func variationalWeightsHoldTheSamplersFactors() {
    let block = TokenBlock.sample
    for level in [SamplerCorrection.Level.token, .sequence] {
      let correction = SamplerCorrection(level: level, mode: .truncate, high: 1.05)
      let (gradients, report) = Objective([(1, VariationalSurrogate(correction: correction))]).evaluate(block)
      var loss = 0.0
      for sequence in block.sequences where !sequence.isEmpty {
        let differences = sequence.map { block.behaviorLogProbabilities[$0] - block.samplerLogProbabilities[$0] }
        let factor =
          level == .token
          ? differences.reduce(0) { $0 + min($1, Double.log(1.05)) } : min(differences.reduce(0, +), Double.log(1.05))
        let logRatio = sequence.reduce(factor) { $0 + block.logRatios[$1] }
        for index in sequence {
          let (k, lambda) = block.advantages[index] >= 0 ? (2.0, 3.0) : (3.0, 2.0)
          let weight = Double.exp(lambda + k * logRatio - lambda * Double.exp(logRatio))
          let pull = -block.weights[index] * weight * block.advantages[index]
          loss += pull * block.logProbabilities[index]
          expectClose(gradients.logProbabilities[index], pull, 1e-13)
        }
      }
      expectClose(report.loss, loss, 1e-13, "\(level)")
      #expect((report.means["policy/sampler_bounded"] ?? 0) > 0)
    }
    let masked = SamplerCorrection(level: .sequence, mode: .mask, low: 0.999, high: 1)
    #expect(Objective([(1, VariationalSurrogate(correction: masked))]).evaluate(block).report.loss.isFinite)
  }

  @Test func vespoTakesItsCorrectionFromTheOptions() throws {
    let algorithm = try AlgorithmFixture.make("vespo", ["profile": .text("trl")])
    let term = try #require(algorithm.objective.summands[0].term as? VariationalSurrogate)
    #expect(term.correction == SamplerCorrection(level: .sequence, mode: .mask, high: 3))
    #expect(!algorithm.objective.weightings.contains { $0 is SamplerCorrection })
  }

  /// Factors that VESPO takes into its W scale a penalty that follows corrections as they do under GRPO, and no other.
  @Test(arguments: SamplerCorrection.Level.allCases)
  func penaltyFollowsTheCorrectionOfVESPO(_ level: SamplerCorrection.Level) {
    let correction = CorrectionOptions(mode: .truncate, level: level, high: 1.5)
    let tokens = TokenBlock(
      sequences: [0..<2, 2..<5], logProbabilities: [-1, -2, -0.5, -1.5, -1],
      behaviorLogProbabilities: [-1.1, -1.8, -0.6, -1.4, -1.2], referenceLogProbabilities: [-1.3, -1.5, -0.9, -1.5, -2],
      samplerLogProbabilities: [-1.9, -1.7, -0.5, -1.6, -1], advantages: [1, 1, -1, -1, -1], weights: [0.1, 0.2, 0.3, 0.4, 0.5])
    func penalty(_ algorithm: any ComposedAlgorithm) -> Double {
      var (block, report, gradients) = (tokens, ObjectiveReport(), TokenGradients(zerosLike: tokens))
      for weighting in algorithm.parts.weightings { weighting.scale(&block, report: &report) }
      return algorithm.parts.penalty.term.accumulate(block, coefficient: 1, into: &gradients, report: &report)
    }
    let follows = KLOptions(coefficient: 0.5, followsCorrection: true)
    let expected = penalty(GRPO(kl: follows, correction: correction))
    let plain = penalty(GRPO(kl: KLOptions(coefficient: 0.5), correction: correction))
    #expect((penalty(VESPO(kl: follows, correction: correction)) - expected).magnitude < 1e-15)
    #expect(penalty(VESPO(kl: KLOptions(coefficient: 0.5), correction: correction)) == plain && plain != expected)
  }
}
