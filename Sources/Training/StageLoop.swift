public import RunLogs

/// Takes a stage through its steps: progress to the log, evaluation and checkpoints at their cadence, and a clean end when
/// someone asks for it.
public struct StageLoop: Sendable {
  public struct Cadence: Sendable, Hashable {
    public var steps: Int
    /// Steps between evaluations, besides those at start and end; 0 evaluates never.
    public var evaluateEvery: Int
    /// Steps between checkpoints; one is always written at the end and when the run is asked to stop.
    public var checkpointEvery: Int

    public init(steps: Int, evaluateEvery: Int, checkpointEvery: Int) {
      self.steps = steps
      self.evaluateEvery = evaluateEvery
      self.checkpointEvery = checkpointEvery
    }
  }

  public enum Ending: Sendable, Hashable {
    case finished
    /// Stopped on request before step `next`; a checkpoint holds the state.
    case stopped(next: Int)
  }

  public let cadence: Cadence
  public let log: any RunLogSink
  public let checkpoints: CheckpointFolder?
  /// Asked before each step, such as whether Ctrl-C was pressed.
  public let shouldStop: @Sendable () -> Bool

  public init(
    cadence: Cadence, log: any RunLogSink, checkpoints: CheckpointFolder?,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.cadence = cadence
    self.log = log
    self.checkpoints = checkpoints
    self.shouldStop = shouldStop
  }

  /// Goes on from `checkpoint` where there is one, else from step 0.
  ///
  /// What happens after a step is logged before its checkpoint is written: a log that is cut back to a checkpoint is the log of a
  /// run that was never interrupted.
  ///
  /// `evaluate` gives held-out metrics of the stage after so many steps; an empty result leaves no event.
  public func run<Stage: TrainingStage>(
    _ stage: inout Stage, from checkpoint: Checkpoint? = nil,
    evaluate: (_ stage: Stage, _ stepsDone: Int) async throws -> [String: Double]
  ) async throws -> Ending {
    let first = checkpoint?.stepsDone ?? 0
    let clock = ContinuousClock()
    let start = clock.now
    if let checkpoint {
      try await stage.restore(checkpoint.state)
    } else {
      try await record(.started, stepsDone: 0)
      try await recordEvaluation(stepsDone: 0) { try await evaluate(stage, 0) }
    }
    for index in first..<max(first, cadence.steps) {
      if shouldStop() {
        _ = try checkpoints?.write(Checkpoint(stepsDone: index, state: try await stage.state()))
        return .stopped(next: index)
      }
      let stepStart = clock.now
      var metrics = try await stage.step(index)
      metrics["time/step"] = (clock.now - stepStart).seconds
      metrics["time/elapsed"] = (clock.now - start).seconds
      let seen = stage.observations
      try await log.record(
        RunEvent(
          kind: .step, step: index, totalSteps: cadence.steps, scalars: metrics, distributions: seen.distributions,
          texts: seen.texts))
      let done = index + 1
      if isDue(done, every: cadence.evaluateEvery) {
        try await recordEvaluation(stepsDone: done) { try await evaluate(stage, done) }
      }
      if isDue(done, every: cadence.checkpointEvery) { try await save(stage, stepsDone: done) }
    }
    try await record(.finished, stepsDone: cadence.steps)
    return .finished
  }

  private func isDue(_ stepsDone: Int, every interval: Int) -> Bool {
    stepsDone == cadence.steps || (interval > 0 && stepsDone % interval == 0)
  }

  private func record(_ kind: RunEvent.Kind, stepsDone: Int, text: String = "") async throws {
    try await log.record(RunEvent(kind: kind, step: stepsDone, totalSteps: cadence.steps, text: text))
  }

  private func save(_ stage: some TrainingStage, stepsDone: Int) async throws {
    guard let checkpoints else { return }
    try await record(.checkpoint, stepsDone: stepsDone, text: checkpoints.name(stepsDone: stepsDone))
    _ = try checkpoints.write(Checkpoint(stepsDone: stepsDone, state: try await stage.state()))
  }

  private func recordEvaluation(stepsDone: Int, _ evaluate: () async throws -> [String: Double]) async throws {
    guard cadence.evaluateEvery > 0 else { return }
    let clock = ContinuousClock()
    let start = clock.now
    var metrics = try await evaluate()
    guard !metrics.isEmpty else { return }
    metrics["time/evaluate"] = (clock.now - start).seconds
    try await log.record(RunEvent(kind: .evaluation, step: stepsDone, totalSteps: cadence.steps, scalars: metrics))
  }
}

extension Duration {
  /// As a floating-point number of seconds.
  public var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
