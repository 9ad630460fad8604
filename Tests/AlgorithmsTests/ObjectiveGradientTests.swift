import Algorithms
import Policies
import RealModule
import Testing

/// Every term's derivative against central differences of its own loss.
struct ObjectiveGradientTests {
  private typealias Named = (name: String, term: any ObjectiveTerm)

  /// Terms whose derivative is that of the loss they report.
  private static let plain: [Named] = {
    let clip = ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28)
    var terms: [Named] = [
      ("clipped surrogate", clip), ("dual clip", ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2, dualClip: 1.2)),
      ("ceiling", ClippedSurrogate(clipLow: 0.1, clipHigh: 0.2, ceiling: 1.5)),
      ("low ceiling", ClippedSurrogate(clipLow: 0.1, clipHigh: 0.9, ceiling: 1.5)),
      ("log ratio limit", ClippedSurrogate(clipLow: 1, clipHigh: 9, logRatioLimit: 0.5)),
      ("sequence surrogate", SequenceSurrogate(clip: clip)),
      ("narrow sequence", SequenceSurrogate(clip: ClippedSurrogate(clipLow: 3e-4, clipHigh: 4e-4))),
      ("product surrogate", SequenceSurrogate(clip: clip, ratio: .sum)),
      ("geometric mean", GeometricMeanSurrogate(low: 0.2, high: 0.28)),
      ("soft gate", SoftGate()), ("limited soft gate", SoftGate(logRatioLimit: 0.6)),
      ("limit above alone", ClippedSurrogate(clipLow: 1, clipHigh: 9, logRatioLimit: 0.3, limitsSmallRatios: false)),
      ("reinforce", Reinforce()), ("ratio under a mask", DivergenceMask(form: .ratio)),
      ("behaviour penalty", BehaviorPenalty()), ("entropy", EntropyBonus()), ("likelihood", NegativeLogLikelihood()),
      ("value", ValueLoss()), ("clipped value", ValueLoss(clip: 0.15)),
      ("square value", ValueLoss(form: .clippedSquare)), ("clipped square value", ValueLoss(form: .clippedSquare, clip: 0.15)),
    ]
    for estimator in [KLEstimator.k1, .abs, .k2, .k3] {
      terms.append(("KL \(estimator)", ReferenceKL(estimator: estimator)))
      terms.append(
        (
          "KL \(estimator) clamped",
          ReferenceKL(
            estimator: estimator,
            clamp: KLClamp(difference: 0.35, estimate: estimator == .k1 || estimator == .abs ? 0.15 : 0.03))
        ))
      terms.append(("KL \(estimator) by ratio", ReferenceKL(estimator: estimator, importance: .behavior)))
      terms.append(("KL \(estimator) by the completion's ratio", ReferenceKL(estimator: estimator, importance: .completion)))
    }
    return terms
  }()

  @Test(arguments: plain.indices)
  func derivativeOfTheLoss(_ index: Int) {
    let (name, term) = Self.plain[index]
    let block = TokenBlock.sample
    let objective = Objective([(0.7, term)])
    let gradients = objective.evaluate(block).gradients
    let loss = { (block: TokenBlock) in objective.evaluate(block).report.loss }
    expectClose(
      gradients.logProbabilities, finiteDifferences(at: block.logProbabilities) { loss(block.with(logProbabilities: $0)) },
      1e-8, name)
    expectClose(gradients.entropies, finiteDifferences(at: block.entropies) { loss(block.with(entropies: $0)) }, 1e-8, name)
    expectClose(gradients.values, finiteDifferences(at: block.values) { loss(block.with(values: $0)) }, 1e-8, name)
    #expect((gradients.logProbabilities + gradients.entropies + gradients.values).contains { $0 != 0 })
  }

  /// Terms with factors that carry no gradient: the factors are held at the point and the rest differentiated.
  @Test func derivativeWithConstantFactors() {
    let block = TokenBlock.sample
    let check = { (name: String, term: any ObjectiveTerm, held: @escaping ([Double]) -> Double) in
      let gradients = Objective([(1, term)]).evaluate(block).gradients.logProbabilities
      expectClose(gradients, finiteDifferences(at: block.logProbabilities, of: held), 1e-8, name)
    }
    let weighted = { (factor: @escaping (Int) -> Double) in
      { (point: [Double]) in point.indices.reduce(0) { $0 - block.weights[$1] * factor($1) * block.advantages[$1] * point[$1] }
      }
    }
    check("clipped importance", ClippedImportance(low: 0.8, high: 1.2), weighted { min(max(block.ratios[$0], 0.8), 1.2) })
    check("capped mask", DivergenceMask(low: 9, high: 9, cap: 1.2)) { point in
      point.indices.reduce(0) { $0 - block.weights[$1] * min(block.ratios[$1], 1.2) * block.advantages[$1] * point[$1] }
    }
    check("limited mask", DivergenceMask(low: 9, high: 9, logRatioLimit: 0.3)) { point in
      point.indices.reduce(0) {
        let ratio = Double.exp(min(max(block.logRatios[$1], -0.3), 0.3))
        return $0 - block.weights[$1] * ratio * block.advantages[$1] * point[$1]
      }
    }
    check(
      "mask", DivergenceMask(low: 0.01, high: 0.1),
      weighted { index in
        let moved = Double.exp(block.logProbabilities[index]) - Double.exp(block.behaviorLogProbabilities[index])
        let isDropped = block.advantages[index] > 0 ? moved > 0.1 : moved < -0.01
        return isDropped ? 0 : block.ratios[index]
      })
    let mean = { (point: [Double]) -> [Double] in
      block.sequences.flatMap { sequence in
        [Double](
          repeating: sequence.reduce(0) { $0 + point[$1] - block.behaviorLogProbabilities[$1] }
            / Double(max(sequence.count, 1)),
          count: sequence.count)
      }
    }
    let held = mean(block.logProbabilities)
    let clip = ClippedSurrogate(clipLow: 0.3, clipHigh: 0.3)
    check("token form", SequenceSurrogate(clip: clip, gradient: .token)) { point in
      point.indices.reduce(0) { sum, index in
        let ratio = Double.exp(held[index] + point[index] - block.logProbabilities[index])
        let advantage = block.advantages[index]
        return sum - block.weights[index] * min(ratio * advantage, min(max(ratio, 0.7), 1.3) * advantage)
      }
    }
    let sums = block.sequences.flatMap { sequence in
      [Double](repeating: sequence.reduce(0) { $0 + block.logRatios[$1] }, count: sequence.count)
    }
    check(
      "variational", VariationalSurrogate(),
      weighted { index in
        let (k, lambda) = block.advantages[index] >= 0 ? (2.0, 3.0) : (3.0, 2.0)
        return Double.exp(lambda + k * sums[index] - lambda * Double.exp(sums[index]))
      })
    for estimator in [KLEstimator.k1Straight, .absStraight, .k3Straight] {
      let clamp = KLClamp(difference: 0.3, estimate: 0.01)
      check("straight through", ReferenceKL(estimator: estimator, clamp: estimator == .k3Straight ? clamp : nil)) { point in
        point.indices.reduce(0) {
          let difference = block.referenceLogProbabilities[$1] - point[$1]
          return $0 + block.weights[$1] * 0.5 * difference * difference
        }
      }
    }
    check("own samples", ReferenceKL(importance: .policy)) { point in
      point.indices.reduce(0) {
        let difference = block.referenceLogProbabilities[$1] - point[$1]
        let weight = Double.exp(point[$1] - block.logProbabilities[$1])
        return $0 + block.weights[$1] * weight * (Double.exp(difference) - difference - 1)
      }
    }
  }

  /// The path through `Float` columns and blocks, against the same in one block of `Double`.
  @Test func blocksAndFloatsAgreeWithOneBlock() {
    let lengths = [700, 1300, 90, 0, 2500, 1, 60]
    var stream = Waves()
    var sequences: [Range<Int>] = []
    for length in lengths { sequences.append((sequences.last?.upperBound ?? 0)..<(sequences.last?.upperBound ?? 0) + length) }
    let count = lengths.reduce(0, +)
    let columns = (0..<8).map { _ in (0..<count).map { _ in Float(stream.next()) } }
    let outputs = TokenOutputs(logProbabilities: columns[0].map { $0 - 2 }, entropies: columns[1], values: columns[2])
    let targets = TokenTargets(
      sequences: sequences, behaviorLogProbabilities: columns[3].map { $0 - 2 },
      referenceLogProbabilities: columns[4].map { $0 - 2 },
      behaviorValues: columns[5], advantages: columns[6], returns: columns[7],
      weights: SequenceMean().weights(sequenceLengths: lengths))
    let objective = Objective([
      (1, SequenceSurrogate(clip: ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2))), (0.1, ReferenceKL()), (0.01, EntropyBonus()),
      (0.5, ValueLoss(clip: 0.2)),
    ])
    let doubles = { (column: [Float]) in column.map { Double($0) } }
    let block = TokenBlock(
      sequences: sequences, logProbabilities: doubles(outputs.logProbabilities),
      behaviorLogProbabilities: doubles(targets.behaviorLogProbabilities),
      referenceLogProbabilities: doubles(targets.referenceLogProbabilities ?? []), entropies: doubles(outputs.entropies),
      values: doubles(outputs.values), behaviorValues: doubles(targets.behaviorValues), advantages: doubles(targets.advantages),
      returns: doubles(targets.returns), weights: doubles(targets.weights))
    let (cotangents, report) = objective.evaluate(outputs, targets)
    let whole = objective.evaluate(block)
    expectClose(report.loss, whole.report.loss, 1e-12)
    #expect(cotangents.logProbabilities == whole.gradients.logProbabilities.map { Float($0) })
    #expect(cotangents.entropies == whole.gradients.entropies.map { Float($0) })
    #expect(cotangents.values == whole.gradients.values.map { Float($0) })
    for (metric, mean) in whole.report.means { expectClose(report.means[metric] ?? .nan, mean, 1e-12, metric) }
  }
}

/// Numbers in −1…1 without a pattern that a formula could share.
struct Waves {
  private var state = 0.3

  mutating func next() -> Double {
    state = 3.99 * state * (1 - state)
    return 2 * state - 1
  }
}
