import Algorithms
import Options
import RealModule
import Testing

/// Derivatives of terms under every combination of their options, against central differences of the formula written out.
struct TermCombinationTests {
  private static let importances: [ReferenceKL.Importance] = [.none, .policy, .behavior, .completion]
  private static let correction = SamplerCorrection(level: .token, mode: .mask, low: 0.5, high: 1.08)

  /// The sample with averages of their own for entropy and penalty.
  private static func block(_ logProbabilities: [Double]? = nil, hasOwnWeights: Bool = true) -> TokenBlock {
    let sample = TokenBlock.sample
    return TokenBlock(
      sequences: sample.sequences, logProbabilities: logProbabilities ?? sample.logProbabilities,
      behaviorLogProbabilities: sample.behaviorLogProbabilities, referenceLogProbabilities: sample.referenceLogProbabilities,
      samplerLogProbabilities: sample.samplerLogProbabilities, entropies: sample.entropies, values: sample.values,
      behaviorValues: sample.behaviorValues, advantages: sample.advantages, returns: sample.returns, weights: sample.weights,
      entropyWeights: hasOwnWeights ? [0.3, 0.2, 0.1, 0.05, 0.15, 0.1, 0.1] : [],
      penaltyWeights: hasOwnWeights ? [0.05, 0.25, 0.1, 0.1, 0.2, 0.25, 0.05] : [])
  }

  /// What the correction lets each token of the sample count: e^(log π_old − log π_sampler), 0 above 1.08.
  private static let factors: [Double] = zip(
    TokenBlock.sample.behaviorLogProbabilities, TokenBlock.sample.samplerLogProbabilities
  )
  .map { Double.exp($0 - $1) }.map { $0 <= 1.08 ? $0 : 0 }

  /// Estimator, bounds, what the estimate is multiplied by, whose average, whether corrections count: 336 combinations.
  @Test(arguments: KLEstimator.allCases, importances)
  func referencePenalty(_ estimator: KLEstimator, _ importance: ReferenceKL.Importance) {
    let limit = [.k1, .abs, .k1Straight, .absStraight].contains(estimator) ? 0.15 : 0.03
    let clamps: [KLClamp?] = [nil] + KLClamp.Scope.allCases.map { KLClamp(difference: 0.35, estimate: limit, scope: $0) }
    for (place, clamp) in clamps.enumerated() {
      for hasOwnWeights in [false, true] {
        for follows in [false, true] {
          let block = Self.block(hasOwnWeights: hasOwnWeights)
          let term = ReferenceKL(estimator: estimator, clamp: clamp, importance: importance, followsCorrection: follows)
          let (gradients, report) = Objective([(0.7, term)], weightings: [Self.correction]).evaluate(block)
          let own = hasOwnWeights ? block.penaltyWeights : block.weights
          let weights = zip(own, Self.factors).map { $0 * (follows ? $1 : 1) }
          let loss = { (point: [Double]) in 0.7 * Self.penalty(estimator, clamp, importance, block, weights, at: point) }
          let note = "bounds \(place), own weights \(hasOwnWeights), follows \(follows)"
          expectClose(report.loss, loss(block.logProbabilities), 1e-12, note)
          expectClose(gradients.logProbabilities, finiteDifferences(at: block.logProbabilities, of: loss), 1e-8, note)
        }
      }
    }
  }

  /// Σ_t w_t·f_t·v_t, where the own samples' factor and the value of a straight-through form are held at the block.
  private static func penalty(
    _ estimator: KLEstimator, _ clamp: KLClamp?, _ importance: ReferenceKL.Importance, _ block: TokenBlock, _ weights: [Double],
    at point: [Double]
  ) -> Double {
    let plain = ReferenceKL(estimator: estimator, clamp: clamp)
    let isStraight = [.k1Straight, .absStraight, .k3Straight].contains(estimator)
    let value = { (index: Int) -> Double in
      let difference = block.referenceLogProbabilities[index] - point[index]
      guard isStraight else { return plain.penalty(difference: difference, ratio: Double.exp(difference)).value }
      let held = block.referenceLogRatios[index]
      let start = plain.penalty(difference: held, ratio: Double.exp(held)).value
      return start + (difference * difference - held * held) / 2
    }
    return block.sequences.reduce(0) { sum, sequence in
      let drift = sequence.reduce(0) { $0 + point[$1] - block.behaviorLogProbabilities[$1] } / Double(max(sequence.count, 1))
      return sum
        + sequence.reduce(0) { sum, index in
          let exponent =
            switch importance {
            case .none: 0.0
            case .policy: point[index] - block.logProbabilities[index]
            case .behavior: point[index] - block.behaviorLogProbabilities[index]
            case .completion: drift
            }
          return sum + weights[index] * Double.exp(exponent) * value(index)
        }
    }
  }

  @Test func entropyBonusWithAnAverageOfItsOwn() {
    let block = Self.block()
    let (gradients, report) = Objective([(0.7, EntropyBonus())], weightings: [Self.correction]).evaluate(block)
    expectClose(report.loss, -0.7 * zip(block.entropyWeights, block.entropies).reduce(0) { $0 + $1.0 * $1.1 }, 1e-12)
    expectClose(gradients.entropies, block.entropyWeights.map { -0.7 * $0 }, 1e-12)
  }

  /// The ratio of a completion beyond the limit, on both sides or above alone; the second one's mean log ratio is −0.05.
  @Test(arguments: [0, 0.1], [true, false])
  func limitedSequenceRatio(_ shift: Double, _ limitsSmallRatios: Bool) {
    let clip = ClippedSurrogate(clipLow: 1, clipHigh: 9, logRatioLimit: 0.03, limitsSmallRatios: limitsSmallRatios)
    let point = TokenBlock.sample.logProbabilities.map { $0 + shift }
    let objective = Objective([(1, SequenceSurrogate(clip: clip))], weightings: [Self.correction])
    let gradients = objective.evaluate(Self.block(point)).gradients.logProbabilities
    expectClose(gradients, finiteDifferences(at: point) { objective.evaluate(Self.block($0)).report.loss }, 1e-8)
    let isMoved = shift == 0 ? [true, !limitsSmallRatios] : [false, !limitsSmallRatios && shift < 0.08]
    #expect([gradients[0] != 0, gradients[3] != 0] == isMoved)
  }

  /// W of VESPO with another engine's factors, which are 10⁻⁸ at least.
  @Test func variationalWithCorrection() {
    let block = Self.block()
    let gradients = Objective([(1, VariationalSurrogate(correction: Self.correction))]).evaluate(block).gradients
      .logProbabilities
    let weighted = { (point: [Double]) in
      block.sequences.reduce(0) { sum, sequence in
        let ratio = sequence.reduce(0) { $0 + block.logRatios[$1] + Double.log(max(Self.factors[$1], 1e-8)) }
        let bounded = max(ratio, Double.log(1e-8))
        return sum
          + sequence.reduce(0) { sum, index in
            let (k, lambda) = block.advantages[index] >= 0 ? (2.0, 3.0) : (3.0, 2.0)
            let weight = Double.exp(lambda + k * bounded - lambda * Double.exp(bounded))
            return sum - block.weights[index] * weight * block.advantages[index] * point[index]
          }
      }
    }
    expectClose(gradients, finiteDifferences(at: block.logProbabilities, of: weighted), 1e-8)
  }

  /// The mean over a batch is some units in the last place beside 0, and no tied group gets them.
  @Test func whitenedLeaveOneOutLeavesTiedGroupsAtZero() throws {
    let rloo = try AlgorithmFixture.make("rloo", ["whiten": .flag(true)])
    for step in 1...20 {
      let batch = EstimatorBatch(
        rewards: [0.1 * Double(step), 0.7, 0.33, 0.2, 0.9, 0.1, 0.5, 0.5, 0.5], groupSize: 3)
      let credits = rloo.advantage.estimates(for: batch)
      #expect(credits[2].allSatisfy { $0.advantages == [0] } && credits[0].contains { $0.advantages[0] != 0 })
    }
  }

  /// NeMo-RL's ε is 0: where nothing varies there is nothing to divide by, and no advantage is 0/0.
  @Test(arguments: ["exact", "shifted"])
  func whiteningByADeviationOfNothing(_ ties: String) throws {
    let members = (0..<4).map { _ in EstimatorInput(reward: 0.3, length: 2, components: [0.1, 0.2]) }
    let batch = EstimatorBatch(groups: [members, members], componentWeights: [1, 1])
    let gdpo = try AlgorithmFixture.make("gdpo", ["profile": .text("nemo"), "ties": .text(ties)])
    #expect(gdpo.advantage.estimates(for: batch).flatMap { $0.flatMap(\.advantages) } == [Double](repeating: 0, count: 16))
    for zerosTies in [true, false] {
      let whitening = Whitening(guarding: .added(0), zerosTies: zerosTies)
      #expect(whitening.whitened([0.1, 0.1, 0.1]) == [0, 0, 0])
      // The square of the difference is below every number.
      #expect(whitening.whitened([0, 1e-200]) == [0, 0])
    }
  }
}
