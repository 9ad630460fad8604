/// Keeps a run from the troubles of one of its logs: a sink that fails, hangs or is slow costs events, never the run.
///
/// `record` puts the event into a queue and returns. A worker with a thread of its own makes the sink and hands it the events.
/// One that throws is offered the same event again after a pause, which doubles from try to try: a server that comes back, or a
/// disk with space again, gets what waited. A full queue drops its oldest event. Each trouble is said once, by ``warnings()``: a
/// failure, a silence or a full queue when it begins, and that it is over.
package actor IsolatedSink: RunLogSink {
  package struct Limits: Sendable, Hashable {
    /// Events that wait at most.
    package var queue = 1000
    package var firstPause = Duration.seconds(1)
    package var longestPause = Duration.seconds(60)
    /// How long `finish` waits for what is still in the queue.
    package var patience = Duration.seconds(10)
    /// The same where the sink fails or is silent already.
    package var failingPatience = Duration.seconds(2)
    /// How long an event may be with the sink before it counts as silent; on a busy machine a worker may wait for seconds by itself.
    package var silence = Duration.seconds(30)

    package init() {}
  }

  private let name: String
  private let destination: String
  private let limits: Limits
  private let open: @Sendable () async throws -> any RunLogSink
  private let executor: ThreadExecutor
  private var sink: (any RunLogSink)?
  private var queue: [RunEvent] = []
  private var worker: Task<Void, Never>?
  private var isEnding = false
  private var isFinished = false
  private var failure: String?
  /// When the sink was handed what it has not taken or refused yet.
  private var handedAt: ContinuousClock.Instant?
  /// Whether an event is out of the queue and not yet taken.
  private var holdsEvent = false
  /// Whether the trouble that lasts has been said.
  private var isTold = false
  private var isOverrun = false
  private var lost = 0
  private var sentences: [String] = []

  /// `open` makes the sink when the first event comes, and again where it throws; `destination` is where events go, such as a
  /// server's address, for those who read the warnings.
  package init(
    _ name: String, destination: String = "", limits: Limits = Limits(),
    open: @escaping @Sendable () async throws -> any RunLogSink
  ) {
    self.name = name
    self.destination = destination
    self.limits = limits
    self.open = open
    executor = ThreadExecutor(name: "log \(name)")
  }

  package func record(_ event: RunEvent) {
    if queue.count >= limits.queue {
      queue.removeFirst()
      lost += 1
      if !isOverrun, !isTold { say("is slower than the run: the oldest of \(limits.queue) waiting events are dropped") }
      isOverrun = true
    }
    queue.append(event)
    work()
  }

  /// Waits for the queue to be empty and the sink to finish, as long as the patience lasts.
  package func finish() async {
    isEnding = true
    work()
    let start = ContinuousClock.now
    while !isFinished {
      let isFailing = failure != nil || isSilent
      guard start.duration(to: .now) < (isFailing ? min(limits.failingPatience, limits.patience) : limits.patience) else {
        break
      }
      try? await Task.sleep(for: .milliseconds(5))
    }
    if !isFinished { giveUp("still does not answer\(place) at the end of the run") }
  }

  package func warnings() async -> [String] {
    if isSilent, !isTold, !isFinished {
      isTold = true
      say("has not answered\(place) for \(limits.silence): its events wait while the run goes on")
    }
    defer { sentences = [] }
    return sentences
  }

  private var isSilent: Bool { handedAt.map { $0.duration(to: .now) >= limits.silence } ?? false }

  private var place: String { destination.isEmpty ? "" : " at \(destination)" }

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
    holdsEvent = true
    defer { holdsEvent = false }
    var pause = limits.firstPause
    while !isFinished {
      let isLastTry = isEnding
      handedAt = .now
      do {
        let sink = try await opened()
        try await Self.hand(event, to: sink)
        handedAt = nil
        guard !isFinished else { return }
        if isTold { say("works again" + (lost > 0 ? "; \(lost) events were lost" : "; no event was lost")) }
        failure = nil
        isTold = false
        return
      } catch {
        failure = "\(error)"
        if !isTold, !isLastTry {
          isTold = true
          say("failed and is tried again: \(error)")
        }
      }
      handedAt = nil
      if isLastTry { return giveUp("failed at the end of the run") }
      await rest(pause)
      pause = min(pause * 2, limits.longestPause)
    }
  }

  private func end() async {
    handedAt = .now
    do {
      try await Self.close(try await opened())
    } catch {
      if !isFinished, !isTold { say("failed at the end: \(error)") }
    }
    handedAt = nil
    isFinished = true
  }

  private func giveUp(_ reason: String) {
    guard !isFinished else { return }
    lost += queue.count + (holdsEvent ? 1 : 0)
    queue = []
    isFinished = true
    guard !isTold, !isOverrun else { return }
    say(reason + (lost > 0 ? " and lost \(lost) events" : "") + (failure.map { ": \($0)" } ?? ""))
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
