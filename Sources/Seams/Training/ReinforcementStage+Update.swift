import Algorithms
import Policies
import Randomness
import Rollouts

/// The update of one step: targets → objective → cotangents → optimiser, minibatch after minibatch.
extension ReinforcementStage {
  struct UpdateResult {
    var report = ObjectiveReport()
    var scalars: [String: Double] = [:]
  }

  func update(
    _ batch: UpdateBatch<P.Prompt>, _ credits: [[AdvantageEstimate]], step: Int, stream: RandomStream
  ) async throws -> UpdateResult {
    let clock = ContinuousClock()
    let start = clock.now
    let schedule = algorithm.schedule
    let rate = settings.learningRate.rate(step: step)
    var result = UpdateResult()
    var objectiveTime = Duration.zero
    var optimizerSteps = 0
    var norms = 0.0
    update: for epoch in 0..<schedule.epochs {
      let parts = Minibatches(count: schedule.minibatches, microbatchGroups: settings.microbatchGroups)
        .cut(groupCount: batch.groups.count, stream: stream.derived(epoch))
      for microbatches in parts {
        let targets = batch.targets(
          of: microbatches, minibatches: parts.count, credits: credits, algorithm: algorithm)
        var report = ObjectiveReport()
        var drift = Drift()
        for (members, microTargets) in zip(microbatches, targets) where !microTargets.sequences.isEmpty {
          let measured = try await accumulate(
            batch.tokenBatch(of: members), microTargets, isSampled: batch.sampledTokens(of: members))
          report.merge(measured.report)
          objectiveTime += measured.time
          drift.merge(measured.drift)
        }
        if optimizerSteps == 0 { try await note(drift, step: step, in: &result.scalars) }
        guard report.loss.isFinite else {
          await policy.discardGradients()
          throw TrainingError(
            .nonFinite, "step \(step): the loss is \(report.loss); lower the learning rate or resume from a checkpoint")
        }
        if let limit = schedule.targetKL, (report.means["policy/kl_behavior_k3"] ?? 0) > limit {
          await policy.discardGradients()
          // Metrics are of the minibatches that were learnt from; of this one where there is no other.
          if optimizerSteps == 0 { result.report.merge(report) }
          break update
        }
        result.report.merge(report)
        norms += Double(
          try await policy.applyGradients(learningRate: Float(rate), maximumNorm: Float(schedule.maximumGradientNorm)))
        optimizerSteps += 1
      }
    }
    result.report.loss /= Double(max(optimizerSteps, 1))
    result.report.completions = Double(batch.groups.reduce(0) { $0 + $1.members.count })
    if optimizerSteps > 0, policy.capabilities.norm { result.scalars["update/gradient_norm"] = norms / Double(optimizerSteps) }
    result.scalars["update/learning_rate"] = rate
    result.scalars["update/optimizer_steps"] = Double(optimizerSteps)
    result.scalars["time/objective"] = objectiveTime.seconds
    result.scalars["time/update"] = (clock.now - start - objectiveTime).seconds
    return result
  }

  private struct Measured: Sendable {
    var report: ObjectiveReport
    var time: Duration
    var drift: Drift
  }

  /// |sampled − recomputed| log-probability over some tokens.
  private struct Drift: Sendable {
    var sum = 0.0
    var largest = 0.0
    var count = 0.0

    var mean: Double { sum / max(count, 1) }

    mutating func merge(_ other: Drift) {
      sum += other.sum
      largest = max(largest, other.largest)
      count += other.count
    }
  }

  /// - Parameter isSampled: for each token whether the policy sampled it; the others cannot drift.
  private func accumulate(
    _ tokens: TokenBatch<P.Prompt>, _ targets: TokenTargets, isSampled: [Bool]
  ) async throws -> Measured {
    let objective = algorithm.objective
    return try await policy.accumulateGradients(for: tokens, temperature: settings.temperature) { outputs in
      let clock = ContinuousClock()
      let start = clock.now
      let (cotangents, report) = objective.evaluate(outputs, targets)
      let sampled = targets.samplerLogProbabilities ?? targets.behaviorLogProbabilities
      let differences = zip(isSampled, zip(outputs.logProbabilities, sampled)).compactMap { isSampled, pair in
        isSampled ? Double(abs(pair.0 - pair.1)) : nil
      }
      let drift = Drift(
        sum: differences.reduce(0, +), largest: differences.max() ?? 0, count: Double(differences.count))
      return (cotangents, Measured(report: report, time: clock.now - start, drift: drift))
    }
  }

  private func note(_ drift: Drift, step: Int, in scalars: inout [String: Double]) async throws {
    scalars["policy/drift_mean"] = drift.mean
    scalars["policy/drift_max"] = drift.largest
    if step == 0, !(drift.mean <= settings.driftTolerance) {
      await policy.discardGradients()
      throw TrainingError(
        .drift,
        """
        sampled and recomputed log-probabilities differ by \(drift.mean) nats on average at the first step (allowed: \
        \(settings.driftTolerance)): the policy's sample and outputs describe two distributions. Check temperature and top-p; for \
        a rollout engine of lower precision set training.recompute-behavior and raise training.drift-tolerance
        """)
    }
  }
}
