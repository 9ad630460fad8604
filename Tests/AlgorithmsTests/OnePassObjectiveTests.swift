import Algorithms
import Policies
import Randomness
import RealModule
import Testing

/// The one pass over stored columns against the blocks that every other objective goes through.
struct OnePassObjectiveTests {
  private static let surrogates = [
    ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28), ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2, dualClip: 1.5),
    ClippedSurrogate(clipLow: 0.1, clipHigh: 0.1, dualClip: 3, ceiling: 1.3, logRatioLimit: 0.4),
  ]

  private static func batch(_ lengths: [Int], seed: UInt64, hasReference: Bool) -> (TokenOutputs, TokenTargets) {
    var stream = RandomStream(seed: seed)
    var sequences: [Range<Int>] = []
    for length in lengths { sequences.append((sequences.last?.upperBound ?? 0)..<(sequences.last?.upperBound ?? 0) + length) }
    let count = lengths.reduce(0, +)
    func column(_ range: ClosedRange<Double>) -> [Float] { (0..<count).map { _ in Float(stream.uniform(in: range)) } }
    let logProbabilities = column(-6...0)
    let outputs = TokenOutputs(logProbabilities: logProbabilities, entropies: column(0...3), values: [])
    let targets = TokenTargets(
      sequences: sequences, behaviorLogProbabilities: zip(logProbabilities, column(-1...1)).map { $0 + $1 },
      referenceLogProbabilities: hasReference ? zip(logProbabilities, column(-2...2)).map { $0 + $1 } : nil,
      advantages: column(-2...2).map { $0.magnitude < 0.2 ? 0 : $0 }, weights: column(0...1))
    return (outputs, targets)
  }

  private func expectAgreement(_ objective: Objective, _ outputs: TokenOutputs, _ targets: TokenTargets) {
    let (fast, blocks) = (objective.evaluate(outputs, targets), objective.evaluateBlocks(outputs, targets))
    #expect(fast.cotangents == blocks.cotangents, "to the last bit")
    #expect((fast.report.loss - blocks.report.loss).magnitude <= 1e-12 * max(1, blocks.report.loss.magnitude))
    let (left, right) = (fast.report.means, blocks.report.means)
    #expect(left.keys.sorted() == right.keys.sorted())
    for (metric, value) in right {
      #expect(((left[metric] ?? .nan) - value).magnitude <= 1e-12 * max(1, value.magnitude), "\(metric)")
      #expect(fast.report.count(of: metric) == blocks.report.count(of: metric), "\(metric)")
    }
  }

  @Test(arguments: surrogates.indices, [[1], [7, 8, 9], [0, 3, 100, 0, 17], [5000, 1]])
  func agreesWithTheBlocks(_ index: Int, _ lengths: [Int]) {
    let surrogate = Self.surrogates[index]
    for hasReference in [false, true] {
      let (outputs, targets) = Self.batch(lengths, seed: UInt64(index), hasReference: hasReference)
      expectAgreement(Objective([(1, surrogate)]), outputs, targets)
      expectAgreement(
        Objective([(0.5, surrogate)], weightings: [SamplerCorrection(level: .token, mode: .mask, high: 2)]), outputs, targets)
      guard hasReference else { continue }
      for clamp in [nil, KLClamp(difference: 1, estimate: 10), KLClamp(difference: 20, estimate: 0.2)] {
        expectAgreement(Objective([(1, surrogate), (0.04, ReferenceKL(clamp: clamp))]), outputs, targets)
      }
    }
  }

  @Test func ratioOneGivesReinforce() {
    var (outputs, targets) = Self.batch([13, 20], seed: 3, hasReference: false)
    targets.behaviorLogProbabilities = outputs.logProbabilities
    let (cotangents, report) = Objective([(1, Self.surrogates[0])]).evaluate(outputs, targets)
    for index in cotangents.logProbabilities.indices {
      #expect(cotangents.logProbabilities[index] == -targets.weights[index] * targets.advantages[index])
    }
    #expect(report.means["policy/ratio"] == 1)
    outputs.entropies = []
    #expect(Objective([(1, Self.surrogates[0])]).evaluate(outputs, targets).report.means["policy/entropy"] == nil)
  }

  /// Ratios that overflow are the blocks' business.
  @Test func overflowingRatiosAgreeToo() {
    var (outputs, targets) = Self.batch([13, 20], seed: 4, hasReference: true)
    targets.behaviorLogProbabilities[5] = -800
    outputs.logProbabilities[20] = -900
    let objective = Objective([(1, ClippedSurrogate(clipLow: 0.2, clipHigh: 0.2, dualClip: 3, logRatioLimit: 20))])
    let (fast, blocks) = (objective.evaluate(outputs, targets), objective.evaluateBlocks(outputs, targets))
    #expect(fast.cotangents == blocks.cotangents)
    #expect(fast.report.loss == blocks.report.loss)
    #expect(fast.cotangents.logProbabilities.allSatisfy { $0.isFinite })
  }

  /// The columns' loops against the losses of single tokens.
  @Test(arguments: surrogates.indices)
  func columnsAgreeWithSingleTokens(_ index: Int) {
    let (outputs, targets) = Self.batch([29], seed: 5, hasReference: true)
    let (surrogate, penalty) = (Self.surrogates[index], ReferenceKL(clamp: KLClamp(difference: 1, estimate: 0.5)))
    let (cotangents, report) = Objective([(1, surrogate), (0.1, penalty)]).evaluate(outputs, targets)
    var loss = 0.0
    for token in 0..<29 {
      let (policy, weight) = (Double(outputs.logProbabilities[token]), Double(targets.weights[token]))
      let distance = Double(targets.referenceLogProbabilities?[token] ?? 0) - policy
      let one = surrogate.loss(
        of: SurrogateToken(
          logProbability: policy, behaviorLogProbability: Double(targets.behaviorLogProbabilities[token]),
          advantage: Double(targets.advantages[token])))
      let other = penalty.penalty(difference: distance, ratio: Double.exp(distance))
      loss += weight * (one.value + 0.1 * other.value)
      let derivative = weight * (one.derivative + 0.1 * other.derivative)
      #expect((Double(cotangents.logProbabilities[token]) - derivative).magnitude < 1e-6)
    }
    #expect((report.loss - loss).magnitude < 1e-12)
  }
}
