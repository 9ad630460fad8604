package import RunLogs

/// Takes a stage through its steps: progress to the log, evaluation and checkpoints at their cadence, and a clean end when
/// someone asks for it.
public struct StageLoop: Sendable {
  package struct Cadence: Sendable, Hashable {
    package var steps: Int
    /// Steps between evaluations, besides those at start and end; 0 evaluates never.
    package var evaluateEvery: Int
    /// Steps between checkpoints; one is always written at the end and when the run is asked to stop.
    package var checkpointEvery: Int

    package init(steps: Int, evaluateEvery: Int, checkpointEvery: Int) {
      self.steps = steps
      self.evaluateEvery = evaluateEvery
      self.checkpointEvery = checkpointEvery
    }
  }

  public enum Ending: Sendable, Hashable {
    case finished
    /// Stopped on request before step `next`; a checkpoint holds the state.
    case stopped(next: Int)
    /// Stopped by an alarm before step `next`; a checkpoint holds the state.
    case alarmed(next: Int, warning: String)
  }

  package let cadence: Cadence
  package let log: any RunLogSink
  package let checkpoints: CheckpointFolder?
  /// As they are before the first step.
  package let alarms: Alarms
  /// Asked before each step, such as whether Ctrl-C was pressed.
  package let shouldStop: @Sendable () -> Bool

  package init(
    cadence: Cadence, log: any RunLogSink, checkpoints: CheckpointFolder?, alarms: Alarms = Alarms(),
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.cadence = cadence
    self.log = log
    self.checkpoints = checkpoints
    self.alarms = alarms
    self.shouldStop = shouldStop
  }

  /// Goes on from `checkpoint` where there is one, else from step 0.
  ///
  /// What happens after a step is logged before its checkpoint is written: a log that is cut back to a checkpoint is the log of a
  /// run that was never interrupted.
  ///
  /// `evaluate` gives held-out metrics of the stage after so many steps; an empty result leaves no event.
  package func run<Stage: TrainingStage>(
    _ stage: inout Stage, from checkpoint: Checkpoint? = nil,
    evaluate: (_ stage: Stage, _ stepsDone: Int) async throws -> [String: Double]
  ) async throws -> Ending {
    let first = checkpoint?.stepsDone ?? 0
    let clock = ContinuousClock()
    let start = clock.now
    var alarms = alarms
    if let checkpoint {
      try await stage.restore(checkpoint.state)
      alarms.state = try NamedNumbers.decoded(checkpoint.state[Self.alarmPart] ?? [])
    } else {
      try await record(.started, stepsDone: 0)
      for warning in stage.warnings { try await record(.warning, stepsDone: 0, text: warning) }
      _ = try await recordEvaluation(stepsDone: 0, &alarms) { try await evaluate(stage, 0) }
    }
    for index in first..<max(first, cadence.steps) {
      if shouldStop() {
        try await write(stage, alarms, stepsDone: index)
        return .stopped(next: index)
      }
      let stepStart = clock.now
      var metrics = try await stage.step(index)
      metrics["time/step"] = (clock.now - stepStart).seconds
      metrics["time/elapsed"] = (clock.now - start).seconds
      let seen = stage.observations
      let done = index + 1
      var raised = try await record(
        RunEvent(
          kind: .step, step: index, totalSteps: cadence.steps, scalars: metrics, distributions: seen.distributions,
          texts: seen.texts), &alarms)
      if isDue(done, every: cadence.evaluateEvery) {
        raised += try await recordEvaluation(stepsDone: done, &alarms) { try await evaluate(stage, done) }
      }
      if isDue(done, every: cadence.checkpointEvery) { try await save(stage, alarms, stepsDone: done) }
      if alarms.stopsRun, let warning = raised.first, done < cadence.steps {
        try await write(stage, alarms, stepsDone: done)
        return .alarmed(next: done, warning: warning)
      }
    }
    try await record(.finished, stepsDone: cadence.steps)
    return .finished
  }

  /// The name of the alarms' part of a checkpoint.
  private static let alarmPart = "alarms"

  private func isDue(_ stepsDone: Int, every interval: Int) -> Bool {
    stepsDone == cadence.steps || (interval > 0 && stepsDone % interval == 0)
  }

  private func record(_ kind: RunEvent.Kind, stepsDone: Int, text: String = "") async throws {
    try await log.record(RunEvent(kind: kind, step: stepsDone, totalSteps: cadence.steps, text: text))
  }

  /// Records an event and what the alarms say of it, which it returns.
  ///
  /// A warning belongs to the step that was taken last, so that it stands in a log where that step does.
  private func record(_ event: RunEvent, _ alarms: inout Alarms) async throws -> [String] {
    try await log.record(event)
    let warnings = alarms.warnings(after: event)
    for warning in warnings { try await record(.warning, stepsDone: max(0, event.stepsDone - 1), text: warning) }
    return warnings
  }

  private func save(_ stage: some TrainingStage, _ alarms: Alarms, stepsDone: Int) async throws {
    guard let checkpoints else { return }
    // The state is there before the checkpoint is spoken of: a policy that fails to give it announces nothing.
    let checkpoint = try await checkpoint(of: stage, alarms, stepsDone: stepsDone)
    try await record(.checkpoint, stepsDone: stepsDone, text: checkpoints.name(stepsDone: stepsDone))
    _ = try checkpoints.write(checkpoint)
  }

  private func write(_ stage: some TrainingStage, _ alarms: Alarms, stepsDone: Int) async throws {
    guard let checkpoints else { return }
    _ = try checkpoints.write(try await checkpoint(of: stage, alarms, stepsDone: stepsDone))
  }

  private func checkpoint(of stage: some TrainingStage, _ alarms: Alarms, stepsDone: Int) async throws -> Checkpoint {
    var state = try await stage.state()
    try await log.sync()
    state[Self.alarmPart] = NamedNumbers.encoded(alarms.state)
    return Checkpoint(stepsDone: stepsDone, state: state)
  }

  private func recordEvaluation(
    stepsDone: Int, _ alarms: inout Alarms, _ evaluate: () async throws -> [String: Double]
  ) async throws -> [String] {
    guard cadence.evaluateEvery > 0 else { return [] }
    let clock = ContinuousClock()
    let start = clock.now
    var metrics = try await evaluate()
    guard !metrics.isEmpty else { return [] }
    metrics["time/evaluate"] = (clock.now - start).seconds
    return try await record(
      RunEvent(kind: .evaluation, step: stepsDone, totalSteps: cadence.steps, scalars: metrics), &alarms)
  }
}

extension Duration {
  /// As a floating-point number of seconds.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
