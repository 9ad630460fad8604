package import RunLogs

/// How the log of a run that is trained to its end ends: with its `finished` event, unless it was cut off.
package struct LogEnding {
  let stepsDone: Int
  let totalSteps: Int
  package let isWhole: Bool

  /// Of a log's events in order.
  package init(_ events: [RunEvent]) {
    isWhole = events.contains { $0.kind == .finished }
    stepsDone = events.last { $0.kind == .step }?.stepsDone ?? 0
    totalSteps = events.last?.totalSteps ?? 0
  }

  /// What a person should know of a log without its end; `nil` where it has it.
  package func caution(run: String) -> String? {
    guard !isWhole else { return nil }
    let seen = totalSteps > 0 ? "ends after step \(stepsDone) of \(totalSteps)" : "holds no event"
    return
      "The log of \(run) \(seen) and lacks its end, though the run has finished: it was cut off, so curves and rewards lack "
      + "what followed. Restore log.jsonl, or train the run again in another folder."
  }
}
