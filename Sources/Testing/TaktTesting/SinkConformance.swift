public import RunLogs

/// Examines what ``RunLogSink`` promises of a new sink, and returns what is not kept; none is a pass.
///
/// Every kind of event is taken: without metrics and with many, metrics that come late, numbers that are not finite, text with
/// quotes, line ends and other scripts, the same step twice; then `finish`, once. `makeSink` is called anew for each series.
public func sinkConformanceFailures(
  _ makeSink: () async throws -> any RunLogSink
) async -> [ConformanceFailure] {
  var failures: [ConformanceFailure] = []
  for (name, events) in sinkEvents {
    do {
      let sink = try await makeSink()
      for event in events {
        do {
          try await sink.record(event)
        } catch {
          failures.append(ConformanceFailure("every event is taken", "\(name), \(event.kind.rawValue) \(event.step): \(error)"))
        }
      }
      do {
        try await sink.finish()
      } catch {
        failures.append(ConformanceFailure("a sink finishes", "\(name): \(error)"))
      }
    } catch {
      failures.append(ConformanceFailure("a sink can be made", "\(name): \(error)"))
    }
  }
  return failures
}

/// Examines a sink whose log can be read back: `read` gives the events of everything recorded so far.
///
/// On top of ``sinkConformanceFailures(_:)``, what is read equals what was recorded, bit by bit, before `finish` and after it.
public func sinkConformanceFailures(
  _ makeSink: () async throws -> any RunLogSink, readBy read: (any RunLogSink) async throws -> [RunEvent]
) async -> [ConformanceFailure] {
  var failures = await sinkConformanceFailures(makeSink)
  for (name, events) in sinkEvents {
    do {
      let sink = try await makeSink()
      for event in events { try await sink.record(event) }
      var seen = [try await read(sink)]
      try await sink.finish()
      seen.append(try await read(sink))
      for (moment, read) in zip(["before", "after"], seen) where !isSame(read, events) {
        failures.append(
          ConformanceFailure("what is read is what was recorded", "\(name), \(moment) finish: \(read.count) events"))
      }
    } catch {
      failures.append(ConformanceFailure("a log can be read back", "\(name): \(error)"))
    }
  }
  return failures
}

private func isSame(_ a: [RunEvent], _ b: [RunEvent]) -> Bool {
  func isSame(_ a: RunEvent, _ b: RunEvent) -> Bool {
    let scalars = a.scalars.mapValues(\.bitPattern) == b.scalars.mapValues(\.bitPattern)
    return a.kind == b.kind && a.step == b.step && a.totalSteps == b.totalSteps && a.text == b.text && scalars
  }
  return a.count == b.count && zip(a, b).allSatisfy(isSame)
}

/// Series of events that a run may give rise to.
private let sinkEvents: [(name: String, events: [RunEvent])] = [
  ("no event", []),
  (
    "a whole run",
    [
      RunEvent(kind: .started, step: 0, totalSteps: 2, text: "demo"),
      RunEvent(kind: .evaluation, step: 0, totalSteps: 2, scalars: ["evaluation/tsg/hit@3s/greedy": 0.25]),
      RunEvent(kind: .step, step: 0, totalSteps: 2, scalars: ["reward/mean": 0.5, "time/step": 0.125]),
      RunEvent(kind: .step, step: 1, totalSteps: 2, scalars: ["reward/mean": 1.0 / 3, "policy/loss": -0.0]),
      RunEvent(kind: .checkpoint, step: 2, totalSteps: 2, text: "checkpoints/2.bin"),
      RunEvent(kind: .finished, step: 2, totalSteps: 2),
    ]
  ),
  (
    "text of every sort",
    [
      "", "\"quoted\", 'twice'\\", "two\nlines\r\n\tand a tab", "Ünïcode 🎵 \u{2028} العربية", "\u{0}\u{1}\u{1B}[0m",
      "# | `md` <b>&amp;",
    ]
    .map { RunEvent(kind: .warning, step: 1, totalSteps: 2, text: $0) }
  ),
  (
    "numbers of every sort",
    [0, -0.0, 0.1 + 0.2, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.infinity, .infinity, 1e21, 123_456_789]
      .enumerated().map {
        RunEvent(kind: .step, step: $0, totalSteps: 9, scalars: ["policy/loss": $1, "late/metric-\($0)": $1])
      } + [RunEvent(kind: .step, step: 9, totalSteps: 9, scalars: ["policy/loss": .nan])]
  ),
  (
    "steps that come again",
    [3, 3, 2, 0].map { RunEvent(kind: .step, step: $0, totalSteps: 4, scalars: ["reward/mean": Double($0)]) }
  ),
]
