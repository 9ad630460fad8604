import Algorithms
import Policies
import Randomness

/// GRPO's advantages, objective and cotangents of a million tokens on one core, beside touching the same arrays once.
struct ObjectiveBench: BenchFamily {
  private static let tokenCount = 1_000_000
  private static let length = 100
  private static let groupSize = 8
  /// Of which a round takes the median; memory is mapped by then.
  private static let repetitions = 5

  private let algorithm = GRPO()
  private let batch: EstimatorBatch
  private let outputs: TokenOutputs
  private let targets: TokenTargets

  init() {
    var stream = RandomStream(seed: BenchMaterial.seed)
    let current = (0..<Self.tokenCount).map { _ in Float(stream.uniform(in: -3...0)) }
    let sampled = current.map { $0 + Float(stream.uniform(in: -0.15...0.15)) }
    outputs = TokenOutputs(logProbabilities: current, entropies: current.map { -$0 }, values: [])
    let sequences = stride(from: 0, to: Self.tokenCount, by: Self.length).map { $0..<$0 + Self.length }
    let inputs = sequences.map { EstimatorInput(reward: stream.uniform(), behaviorLogProbabilities: Array(sampled[$0])) }
    batch = EstimatorBatch(
      groups: stride(from: 0, to: inputs.count, by: Self.groupSize).map {
        Array(inputs[$0..<min($0 + Self.groupSize, inputs.count)])
      })
    targets = TokenTargets(
      sequences: sequences, behaviorLogProbabilities: sampled,
      advantages: algorithm.advantage.estimates(for: batch).flatMap { $0.flatMap { $0.advantages.map { Float($0) } } },
      weights: algorithm.aggregation.weights(sequenceLengths: sequences.map(\.count)))
  }

  let rows = [
    BenchRow(
      "objective_million", "objective of 1,000,000 tokens", unit: "ms", .time, limit: "arrays read and written once",
      explanation: "GRPO's advantages, loss, cotangents and diagnostics of 10,000 completions on one core; the bar is 3 ×")
  ]

  func measure(beside limits: MachineLimits) -> [BenchSample] {
    var times: [(work: Double, touching: Double)] = []
    for _ in 0..<Self.repetitions {
      var start = ThreadInstant.now
      let credits = algorithm.advantage.estimates(for: batch)
      let (cotangents, report) = algorithm.objective.evaluate(outputs, targets)
      let work = start.elapsed
      precondition(credits.count == batch.groups.count && report.loss.isFinite && !cotangents.entropies.isEmpty)
      start = ThreadInstant.now
      let written = touch()
      times.append((work, start.elapsed))
      precondition(written.isFinite, "sums of finite numbers are finite")
    }
    return [
      BenchSample(1e3 * BenchNumber.median(times.map(\.work)), limit: 1e3 * BenchNumber.median(times.map(\.touching)))
    ]
  }

  /// Reads every input once and writes arrays of the shape of the outcome once: advantages, two cotangents.
  private func touch() -> Double {
    let inputs = [
      outputs.logProbabilities, outputs.entropies, targets.behaviorLogProbabilities, targets.advantages, targets.weights,
    ]
    let sum = inputs.reduce(0) { $0 + Self.sum($1) }
    let advantages = [Double](repeating: Double(sum), count: Self.tokenCount)
    let cotangents = [Float](repeating: sum, count: Self.tokenCount)
    let entropies = [Float](repeating: -sum, count: Self.tokenCount)
    let middle = Self.tokenCount / 2
    return advantages[middle] + Double(cotangents[middle] + entropies[middle])
  }

  /// Sixteen lanes at a time, as fast as memory gives them.
  private static func sum(_ values: [Float]) -> Float {
    values.withUnsafeBytes { bytes in
      var lanes = SIMD16<Float>.zero
      let step = MemoryLayout<SIMD16<Float>>.size
      for offset in stride(from: 0, through: bytes.count - step, by: step) {
        lanes += bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
      }
      return lanes.sum()
    }
  }
}
