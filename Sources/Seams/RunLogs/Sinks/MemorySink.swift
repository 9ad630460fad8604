/// Keeps every event, for tests and for reports at the end of a run.
public actor MemorySink: RunLogSink {
  /// In the order in which they were recorded.
  public private(set) var events: [RunEvent] = []
  public private(set) var isFinished = false

  public init() {}

  public func record(_ event: RunEvent) { events.append(event) }

  public func finish() { isFinished = true }
}
