/// Where events go.
///
/// The loop calls `record` in order, one call at a time, then `finish` once. A `record` that throws has not taken the event: the
/// same event may be offered again. How a run outlives a sink that fails is for ``IsolatedSink`` and ``Tee`` to say.
public protocol RunLogSink: Sendable {
  func record(_ event: RunEvent) async throws
  func finish() async throws

  /// Returns once what was recorded is as safe as the sink can make it; called before a checkpoint is written that follows it.
  func sync() async throws

  /// What the sink has to say of itself since it was last asked, in sentences for a person.
  func warnings() async -> [String]
}

extension RunLogSink {
  public func sync() async throws {}

  public func warnings() async -> [String] { [] }
}
