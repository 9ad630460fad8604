/// Where events go.
///
/// The loop calls `record` in order, one call at a time, then `finish` once. A sink that throws is dropped with a warning and
/// never stops the run.
public protocol RunLogSink: Sendable {
  func record(_ event: RunEvent) async throws
  func finish() async throws
}
