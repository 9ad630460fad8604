extension RunEvent {
  /// Prefix of the metrics that two runs of one seed need not share.
  package static let timePrefix = "time/"

  /// The event as two runs of one seed record it alike: without the metrics under `time/`.
  package var withoutTimes: RunEvent {
    var event = self
    event.scalars = scalars.filter { !$0.key.hasPrefix(Self.timePrefix) }
    return event
  }

  /// Steps done once this event has happened, the time axis of a log: `step + 1` for a training step.
  package var stepsDone: Int { kind == .step ? step + 1 : step }

  /// Whether the event still stands when a run goes on from its checkpoint after `step` steps.
  ///
  /// What was recorded of the first `step` steps stands, with the evaluation and the checkpoint that followed them; steps and
  /// warnings from number `step` on happen anew. Nothing stands where a run starts over from step 0.
  package func stands(whenResumingAt resumed: Int) -> Bool {
    switch kind {
    case .evaluation, .checkpoint: resumed > 0 && step <= resumed
    case .started, .step, .warning, .finished: step < resumed
    }
  }
}
