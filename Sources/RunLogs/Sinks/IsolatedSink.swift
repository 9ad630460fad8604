import Dispatch

/// Keeps a run from the troubles of one of its logs: a sink that fails, hangs or is slow costs events, never the run.
///
/// `record` puts the event into a queue and returns. A worker with a thread of its own makes the sink and hands it the events.
/// One that throws is offered the same event again after a pause, which doubles from try to try: a server that comes back, or a
/// disk with space again, gets what waited. A full queue drops its oldest event. The first failure, the recovery and the number
/// of events lost are said once each, by ``warnings()``.
public actor IsolatedSink: RunLogSink {
  public struct Limits: Sendable, Hashable {
    /// Events that wait at most.
    public var queue = 1000
    public var firstPause = Duration.seconds(1)
    public var longestPause = Duration.seconds(60)
    /// How long `finish` waits for what is still in the queue.
    public var patience = Duration.seconds(10)

    public init() {}
  }

  private let name: String
  private let limits: Limits
  private let open: @Sendable () async throws -> any RunLogSink
  private let executor: BackgroundExecutor
  private var sink: (any RunLogSink)?
  private var queue: [RunEvent] = []
  private var worker: Task<Void, Never>?
  private var isEnding = false
  private var isFinished = false
  private var failure: String?
  private var isOverrun = false
  private var lost = 0
  private var sentences: [String] = []

  /// `open` makes the sink when the first event comes, and again where it throws.
  public init(
    _ name: String, limits: Limits = Limits(), open: @escaping @Sendable () async throws -> any RunLogSink
  ) {
    self.name = name
    self.limits = limits
    self.open = open
    executor = BackgroundExecutor(name: "log \(name)")
  }

  public func record(_ event: RunEvent) {
    if queue.count >= limits.queue {
      queue.removeFirst()
      lost += 1
      if !isOverrun, failure == nil { say("is slower than the run: the oldest of \(limits.queue) waiting events are dropped") }
      isOverrun = true
    }
    queue.append(event)
    work()
  }

  /// Waits for the queue to be empty and the sink to finish, as long as the patience lasts.
  public func finish() async {
    isEnding = true
    work()
    let deadline = ContinuousClock.now + limits.patience
    while !isFinished, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(5)) }
    if !isFinished { giveUp("was still busy after \(limits.patience)") }
    if lost > 0 { say("lost \(lost) events in all") }
  }

  public func warnings() async -> [String] {
    defer { sentences = [] }
    return sentences
  }

  private func say(_ sentence: String) { sentences.append("the log '\(name)' \(sentence)") }

  private func work() {
    guard worker == nil, !isFinished else { return }
    worker = Task(executorPreference: executor) { await self.drain() }
  }

  private func drain() async {
    while !isFinished {
      if !queue.isEmpty {
        await deliver(queue.removeFirst())
      } else if isEnding {
        await end()
      } else {
        break
      }
    }
    worker = nil
  }

  /// Offers the event until it is taken, or until the run has ended and it is refused once more.
  private func deliver(_ event: RunEvent) async {
    var pause = limits.firstPause
    while !isFinished {
      let isLastTry = isEnding
      do {
        let sink = try await opened()
        try await Self.hand(event, to: sink)
        if failure != nil { say("works again" + (lost > 0 ? "; \(lost) events were lost" : "; no event was lost")) }
        failure = nil
        return
      } catch {
        if failure == nil { say("failed and is tried again: \(error)") }
        failure = "\(error)"
      }
      if isLastTry {
        lost += 1
        return giveUp("still fails at the end of the run")
      }
      await rest(pause)
      pause = min(pause * 2, limits.longestPause)
    }
  }

  private func end() async {
    do {
      try await Self.close(try await opened())
    } catch {
      if failure == nil { say("failed at the end: \(error)") }
    }
    isFinished = true
  }

  private func giveUp(_ reason: String) {
    lost += queue.count
    queue = []
    isFinished = true
    say(reason + (failure.map { ": \($0)" } ?? ""))
  }

  /// Sleeps, but not beyond the run's end.
  private func rest(_ pause: Duration) async {
    let end = ContinuousClock.now + pause
    while !isEnding, ContinuousClock.now < end { try? await Task.sleep(for: min(.milliseconds(20), pause)) }
  }

  private func opened() async throws -> any RunLogSink {
    if let sink { return sink }
    let made = try await Self.make(open)
    sink = made
    return made
  }

  // Not on this actor, so that a sink which blocks its thread does not block `record`.
  @concurrent private static func make(_ open: @Sendable () async throws -> any RunLogSink) async throws -> any RunLogSink {
    try await open()
  }

  @concurrent private static func hand(_ event: RunEvent, to sink: any RunLogSink) async throws {
    try await sink.record(event)
  }

  @concurrent private static func close(_ sink: any RunLogSink) async throws { try await sink.finish() }
}

/// A thread of its own, so that a write which hangs holds up none of the threads that train.
private final class BackgroundExecutor: TaskExecutor {
  private let queue: DispatchQueue

  init(name: String) { queue = DispatchQueue(label: name, qos: .utility) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
