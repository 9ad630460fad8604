/// Passes on every n-th training step and the last one, and every event of another kind.
package struct EveryNSteps: RunLogSink {
  private let interval: Int
  private let sink: any RunLogSink

  /// Passes on steps 0, `interval`, 2 · `interval` …; traps where `interval` is below 1.
  package init(_ interval: Int, to sink: any RunLogSink) {
    precondition(interval >= 1, "steps are passed on every one or more steps")
    self.interval = interval
    self.sink = sink
  }

  package func record(_ event: RunEvent) async throws {
    let isDue = event.kind != .step || event.step.isMultiple(of: interval) || event.stepsDone == event.totalSteps
    if isDue { try await sink.record(event) }
  }

  package func finish() async throws { try await sink.finish() }

  package func warnings() async -> [String] { await sink.warnings() }
}
