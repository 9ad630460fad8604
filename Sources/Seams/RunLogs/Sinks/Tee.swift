/// Hands every event to several sinks, in order.
///
/// The `required` ones come first, and their errors are thrown: a run whose own log cannot be written must not go on. Any other
/// sink that throws is dropped; those that are left get a warning that names it, the step and the error. What sinks say of
/// themselves (``RunLogSink/warnings()``) becomes warnings too.
package actor Tee: RunLogSink {
  private let required: [any RunLogSink]
  private var sinks: [any RunLogSink]
  private var latest = RunEvent(kind: .warning, step: 0, totalSteps: 0)
  /// What has been said of sinks that were dropped or that had something to say.
  package private(set) var recordedWarnings: [RunEvent] = []

  package init(_ sinks: [any RunLogSink], required: [any RunLogSink] = []) {
    self.sinks = sinks
    self.required = required
  }

  package func record(_ event: RunEvent) async throws {
    latest = event
    var pending = [event]
    while let next = pending.first {
      pending.removeFirst()
      for sink in required { try await sink.record(next) }
      pending += await forEachSink { try await $0.record(next) }
    }
  }

  /// Syncs the required sinks; what others still have to write is theirs.
  package func sync() async throws {
    for sink in required { try await sink.sync() }
  }

  package func finish() async throws {
    let last = await forEachSink { try await $0.finish() }
    for warning in last { try await record(warning) }
    for sink in required { try await sink.finish() }
  }

  /// Drops the sinks that throw; returns a warning for each, and those of the sinks that are left.
  private func forEachSink(_ body: (any RunLogSink) async throws -> Void) async -> [RunEvent] {
    var kept: [any RunLogSink] = []
    var texts: [String] = []
    for sink in sinks {
      do {
        try await body(sink)
        kept.append(sink)
        texts += await sink.warnings()
      } catch {
        texts.append("the log \(type(of: sink)) failed and gets no more events: \(error)")
      }
    }
    sinks = kept
    // A warning belongs to the step that was taken last, so that it stands, and cuts nothing off, where that step does.
    let step = max(0, latest.stepsDone - 1)
    let events = texts.map { RunEvent(kind: .warning, step: step, totalSteps: latest.totalSteps, text: $0) }
    recordedWarnings += events
    return events
  }
}
