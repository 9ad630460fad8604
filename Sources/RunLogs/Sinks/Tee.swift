/// Hands every event to several sinks, in order, and outlives their failures.
///
/// A sink that throws is dropped; those that are left get a warning that names it, the step and the error. `Tee` itself never
/// throws, so a full disk costs a log and not the run.
public actor Tee: RunLogSink {
  private var sinks: [any RunLogSink]
  private var latest = RunEvent(kind: .warning, step: 0, totalSteps: 0)
  /// What has been said of sinks that were dropped.
  public private(set) var warnings: [RunEvent] = []

  public init(_ sinks: [any RunLogSink]) {
    self.sinks = sinks
  }

  public func record(_ event: RunEvent) async {
    latest = event
    var pending = [event]
    while let next = pending.first {
      pending.removeFirst()
      pending += await forEachSink { try await $0.record(next) }
    }
  }

  public func finish() async {
    for warning in await forEachSink({ try await $0.finish() }) { await record(warning) }
  }

  /// Drops the sinks that throw and returns a warning for each.
  private func forEachSink(_ body: (any RunLogSink) async throws -> Void) async -> [RunEvent] {
    var kept: [any RunLogSink] = []
    var dropped: [RunEvent] = []
    for sink in sinks {
      do {
        try await body(sink)
        kept.append(sink)
      } catch {
        let text = "the log \(type(of: sink)) failed and gets no more events: \(error)"
        dropped.append(RunEvent(kind: .warning, step: latest.step, totalSteps: latest.totalSteps, text: text))
      }
    }
    sinks = kept
    warnings += dropped
    return dropped
  }
}
