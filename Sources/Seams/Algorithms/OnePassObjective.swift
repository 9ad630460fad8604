internal import CObjectiveKernels
internal import Policies

/// The objective of most runs in one pass: a clipped surrogate, alone or with k3 to a reference policy.
///
/// It reads the columns as they are stored and keeps nothing between. The arithmetic is that of ``Objective/evaluateBlocks(_:_:)``, in
/// `Double`; sums are added up in another order.
struct OnePassObjective {
  private let surrogate: ClippedSurrogate
  private let surrogateCoefficient: Double
  private let penalty: (coefficient: Double, term: ReferenceKL)?

  /// `nil` where the objective is another one.
  init?(_ objective: Objective) {
    guard objective.weightings.allSatisfy({ $0 is SamplerCorrection }), (1...2).contains(objective.summands.count),
      let surrogate = objective.summands[0].term as? ClippedSurrogate
    else { return nil }
    self.surrogate = surrogate
    surrogateCoefficient = objective.summands[0].coefficient
    guard let second = objective.summands.dropFirst().first else {
      penalty = nil
      return
    }
    guard let term = second.term as? ReferenceKL, term.estimator == .k3, term.importance == .none else { return nil }
    penalty = (second.coefficient, term)
  }

  /// `nil` where a ratio overflows, a column that it needs is missing, or another engine's rollouts need a correction: the blocks
  /// decide then.
  func evaluate(_ outputs: TokenOutputs, _ targets: TokenTargets) -> (cotangents: TokenCotangents, report: ObjectiveReport)? {
    let count = targets.sequences.last?.upperBound ?? 0
    let reference = targets.referenceLogProbabilities
    let columns = [outputs.logProbabilities, targets.behaviorLogProbabilities, targets.advantages, targets.weights]
    guard count > 0, (targets.samplerLogProbabilities ?? []).isEmpty, targets.penaltyWeights.isEmpty,
      columns.allSatisfy({ $0.count >= count }),
      reference.map({ $0.count >= count }) ?? (penalty == nil)
    else {
      return nil
    }
    var sums = takt_objective_sums()
    var diagnostics = PolicyDiagnostics()
    // The mean distance of each completion from the reference needs its sums on their own.
    let parts = reference == nil ? [0..<count] : targets.sequences
    var isWhole = true
    // Every number is written once: none of them is set to 0 before.
    let gradients = [Float](unsafeUninitializedCapacity: outputs.logProbabilities.count) { gradients, written in
      written = gradients.count
      gradients[count...].initialize(repeating: 0)
      for part in parts {
        var own = takt_objective_sums()
        isWhole = isWhole && add(part, outputs, targets, to: gradients, &own)
        if reference != nil { diagnostics.add(sequenceDivergence: -own.reference.0, of: part.count) }
        sums.add(own)
      }
    }
    guard isWhole else { return nil }
    let cotangents = TokenCotangents(
      logProbabilities: gradients, entropies: [Float](repeating: 0, count: outputs.entropies.count),
      values: [Float](repeating: 0, count: outputs.values.count))
    diagnostics.add(
      behavior: sums.behavior, reference: reference == nil ? nil : sums.reference, count: Double(count))
    diagnostics.add(entropies: outputs.entropies, count: count)
    var report = ObjectiveReport()
    diagnostics.add(to: &report)
    report.loss = surrogateCoefficient * sums.surrogate
    if let penalty { report.loss += penalty.coefficient * sums.penalty }
    report.add("policy/clip_fraction_low", sum: sums.below, count: Double(count))
    report.add("policy/clip_fraction_high", sum: sums.above, count: Double(count))
    return (cotangents, report)
  }

  /// False where a ratio overflows.
  private func add(
    _ part: Range<Int>, _ outputs: TokenOutputs, _ targets: TokenTargets,
    to gradients: UnsafeMutableBufferPointer<Float>, _ sums: inout takt_objective_sums
  ) -> Bool {
    let clamp = penalty?.term.clamp
    let bounds = takt_penalty_bounds(
      difference: clamp?.difference ?? .infinity, smallest: clamp?.smallestRatio ?? 0,
      largest: clamp?.largestRatio ?? .infinity, estimate: clamp?.estimate ?? .infinity, coefficient: penalty?.coefficient ?? 0)
    let outside = outputs.logProbabilities.withUnsafeBufferPointer { policy in
      targets.behaviorLogProbabilities.withUnsafeBufferPointer { behavior in
        targets.advantages.withUnsafeBufferPointer { advantages in
          targets.weights.withUnsafeBufferPointer { weights in
            (targets.referenceLogProbabilities ?? []).withUnsafeBufferPointer { reference in
              takt_clipped_objective(
                policy.baseAddress.map { $0 + part.lowerBound }, behavior.baseAddress.map { $0 + part.lowerBound },
                reference.isEmpty ? nil : reference.baseAddress.map { $0 + part.lowerBound },
                advantages.baseAddress.map { $0 + part.lowerBound }, weights.baseAddress.map { $0 + part.lowerBound },
                part.count, surrogate.bounds, surrogateCoefficient, bounds,
                gradients.baseAddress.map { $0 + part.lowerBound }, &sums)
            }
          }
        }
      }
    }
    return outside == 0
  }
}

extension takt_objective_sums {
  fileprivate mutating func add(_ other: takt_objective_sums) {
    surrogate += other.surrogate
    penalty += other.penalty
    below += other.below
    above += other.above
    Self.add(&behavior, other.behavior)
    Self.add(&reference, other.reference)
  }

  private static func add(_ sums: inout (Double, Double, Double, Double), _ other: (Double, Double, Double, Double)) {
    sums = (sums.0 + other.0, sums.1 + other.1, sums.2 + other.2, sums.3 + other.3)
  }
}
