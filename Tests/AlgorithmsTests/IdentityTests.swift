import Algorithms
import Policies
import RealModule
import Testing

/// What must hold whatever the numbers.
struct IdentityTests {
  private static let surrogates: [any ObjectiveTerm] = [
    ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28, dualClip: 3, ceiling: 2, logRatioLimit: 20), ClippedImportance(high: 5),
    ClippedImportance(low: 0.8, high: 1.28), SoftGate(), DivergenceMask(), DivergenceMask(divergence: .binaryKL, form: .ratio),
    VariationalSurrogate(), Reinforce(),
    SequenceSurrogate(clip: ClippedSurrogate(clipLow: 0.1, clipHigh: 0.1), gradient: .token),
  ]

  private static func onPolicy(_ block: TokenBlock = .sample) -> TokenBlock {
    TokenBlock(
      sequences: block.sequences, logProbabilities: block.logProbabilities, behaviorLogProbabilities: block.logProbabilities,
      referenceLogProbabilities: block.logProbabilities, entropies: block.entropies, advantages: block.advantages,
      weights: block.weights)
  }

  @Test(arguments: surrogates.indices)
  func ratioOneGivesReinforce(_ index: Int) {
    let block = Self.onPolicy()
    let gradients = Objective([(1, Self.surrogates[index])]).evaluate(block).gradients.logProbabilities
    expectClose(gradients, zip(block.weights, block.advantages).map { -$0 * $1 }, 1e-15)
  }

  /// Terms that share one derivative over a completion do so where weights and advantages are the same all over it.
  @Test func ratioOneGivesReinforceForCoupledTerms() {
    let block = TokenBlock(
      sequences: [0..<3, 3..<7], logProbabilities: TokenBlock.sample.logProbabilities,
      behaviorLogProbabilities: TokenBlock.sample.logProbabilities, advantages: [2, 2, 2, -1, -1, -1, -1],
      weights: [0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2])
    let clip = ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2)
    for term in [SequenceSurrogate(clip: clip), GeometricMeanSurrogate()] as [any ObjectiveTerm] {
      let gradients = Objective([(1, term)]).evaluate(block).gradients.logProbabilities
      expectClose(gradients, zip(block.weights, block.advantages).map { -$0 * $1 }, 1e-15)
    }
  }

  @Test(arguments: KLEstimator.allCases)
  func divergenceFromItselfIsZero(_ estimator: KLEstimator) {
    let (gradients, report) = Objective([(1, ReferenceKL(estimator: estimator))]).evaluate(Self.onPolicy())
    #expect(report.loss == 0)
    if estimator != .k1 { #expect(gradients.logProbabilities.allSatisfy { $0 == 0 }) }
    #expect(report.means["policy/kl_reference_k3"] == 0)
    #expect(report.means["policy/kl_behavior_k3"] == 0)
    #expect(report.means["policy/ratio"] == 1)
  }

  /// The mean of k1, k2 and k3 over many draws from π: k1 and k3 are unbiased, and k3's derivative too is that of the KL.
  @Test func estimatorsAgreeWithTheExactDivergence() {
    let policy = [0.5, 0.3, 0.2]
    let reference = [0.4, 0.35, 0.25]
    let exact = zip(policy, reference).reduce(0) { $0 + $1.0 * Double.log($1.0 / $1.1) }
    for estimator in [KLEstimator.k1, .k3] {
      let expectation = zip(policy, reference).reduce(0) { sum, pair in
        let difference = Double.log(pair.1 / pair.0)
        return sum + pair.0 * estimator.estimate(difference: difference, ratio: Double.exp(difference)).value
      }
      expectClose(expectation, exact, 1e-15)
    }
  }

  @Test func lambdaAndDiscountOneGiveReturnMinusValue() {
    let input = EstimatorInput(reward: 0.8, values: [0.25, 0.5, -0.125], behavior: [-1, -1, -1])
    let credit = GeneralizedAdvantage(discount: 1, lambda: 1).estimates(for: EstimatorBatch(groups: [[input]]))[0][0]
    expectClose(credit.advantages, [0.55, 0.3, 0.925], 1e-15)
    expectClose(credit.returns, [0.8, 0.8, 0.8], 1e-15)
  }

  @Test func lambdaZeroGivesTheTemporalDifference() {
    let input = EstimatorInput(reward: 0.8, values: [0.25, 0.5, -0.125], behavior: [-1, -1, -1])
    let credit = GeneralizedAdvantage(discount: 0.5, lambda: 0).estimates(for: EstimatorBatch(groups: [[input]]))[0][0]
    expectClose(credit.advantages, [0.5 * 0.5 - 0.25, 0.5 * -0.125 - 0.5, 0.8 + 0.125], 1e-15)
  }

  @Test(arguments: [[1, 4, 7], [3, 3], [12], [5, 1, 1, 2]])
  func weightsOfMeansAddUpToOne(_ lengths: [Int]) {
    for aggregation in [SequenceMean(), SequenceMean(empty: .leftOut), TokenMean()] as [any LossAggregation] {
      #expect((aggregation.weights(sequenceLengths: lengths).reduce(0, +) - 1).magnitude < 1e-6)
      let exact = zip(aggregation.tokenWeights(sequenceLengths: lengths, of: nil), lengths).reduce(0) {
        $0 + $1.0 * Double($1.1)
      }
      expectClose(exact, 1, 1e-15)
    }
    #expect(TokenSum().weights(sequenceLengths: lengths).allSatisfy { $0 == 1 })
    let mean = Double(lengths.reduce(0, +)) / Double(lengths.count)
    let constant = ConstantLength(length: 64).weights(sequenceLengths: lengths).reduce(0) { $0 + Double($1) }
    expectClose(constant, mean / 64, 1e-6)
    // Over a batch of two equal minibatches, a minibatch's weights add up to 1.
    let tokens = lengths.reduce(0, +)
    let shares = TokenMean(scope: .batch).weights(sequenceLengths: lengths, of: BatchExtent(tokens: 2 * tokens, minibatches: 2))
    #expect((shares.reduce(0, +) - 1).magnitude < 1e-6)
  }

  @Test func completionsWithoutTokensHaveAStatedPlace() {
    #expect(SequenceMean().tokenWeights(sequenceLengths: [2, 0], of: nil) == [0.25, 0])
    #expect(SequenceMean(empty: .leftOut).tokenWeights(sequenceLengths: [2, 0], of: nil) == [0.5, 0])
    #expect(SequenceMean().weights(sequenceLengths: [2, 0]) == [0.25, 0.25])
    #expect(TokenMean().weights(sequenceLengths: [0, 0]).isEmpty)
    #expect(SequenceMean(empty: .leftOut).tokenWeights(sequenceLengths: [0, 0], of: nil) == [0, 0])
  }

  @Test(arguments: AlgorithmFixture.names)
  func microbatchesAddUp(_ name: String) throws {
    let algorithm = try AlgorithmFixture.make(name)
    let (outputs, targets) = Minibatch.random(
      lengths: [5, 1, 9, 3, 4, 2, 7, 6], hasValues: algorithm.requirements.contains(.valueHead))
    let whole = algorithm.objective.evaluate(outputs, targets)
    var merged = ObjectiveReport()
    var pieces = TokenOutputs(logProbabilities: [], entropies: [], values: [])
    for sequences in [0..<3, 3..<4, 4..<8] {
      let part = Minibatch.part(outputs, targets, sequences)
      let (cotangents, report) = algorithm.objective.evaluate(part.outputs, part.targets)
      merged.merge(report)
      pieces.logProbabilities += cotangents.logProbabilities
      pieces.entropies += cotangents.entropies
      pieces.values += cotangents.values
    }
    #expect(pieces == whole.cotangents)
    expectClose(merged.loss, whole.report.loss, 1e-14)
    for (metric, mean) in whole.report.means { expectClose(merged.means[metric] ?? .nan, mean, 1e-12, metric) }
    #expect(merged.means.count == whole.report.means.count)
  }
}
