import Foundation
import RunLogs
import Testing

struct IsolatedSinkTests {
  private struct NoSpace: Error, CustomStringConvertible { let description = "no space left on device" }

  /// Throws while `isBroken` and blocks its thread for `delay` seconds an event.
  private actor UnreliableSink: RunLogSink {
    var isBroken: Bool
    let delay: Double
    private(set) var steps: [Int] = []
    private(set) var isFinished = false

    init(isBroken: Bool = false, delay: Double = 0) {
      self.isBroken = isBroken
      self.delay = delay
    }

    func repair() { isBroken = false }
    func damage() { isBroken = true }

    func record(_ event: RunEvent) throws {
      if delay > 0 { Thread.sleep(forTimeInterval: delay) }
      if isBroken { throw NoSpace() }
      steps.append(event.step)
    }

    func finish() { isFinished = true }
  }

  private func limits(queue: Int = 1000, patience: Duration = .seconds(10)) -> IsolatedSink.Limits {
    var limits = IsolatedSink.Limits()
    limits.queue = queue
    limits.firstPause = .milliseconds(10)
    limits.longestPause = .milliseconds(20)
    limits.patience = patience
    return limits
  }

  private func step(_ number: Int) -> RunEvent { RunEvent(kind: .step, step: number, totalSteps: 500) }

  private func wait(until holds: () async -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline, await !holds() { try? await Task.sleep(for: .milliseconds(2)) }
  }

  @Test func aSoundSinkGetsEveryEventInOrderBeforeTheEnd() async {
    let sink = UnreliableSink()
    let isolated = IsolatedSink("memory") { sink }
    for number in 0..<500 { await isolated.record(step(number)) }
    await isolated.finish()
    #expect(await sink.steps == Array(0..<500))
    #expect(await sink.isFinished)
    #expect(await isolated.warnings() == [])
  }

  @Test func aSinkThatAlwaysThrowsIsSaidOnceAndGivenUpAtTheEnd() async {
    let sink = UnreliableSink(isBroken: true)
    let isolated = IsolatedSink("csv", limits: limits()) { sink }
    for number in 0..<50 { await isolated.record(step(number)) }
    var said: [String] = []
    await wait {
      said += await isolated.warnings()
      return !said.isEmpty
    }
    #expect(said == ["the log 'csv' failed and is tried again: no space left on device"])
    await isolated.finish()
    #expect(await isolated.warnings() == [], "a trouble is said once")
    #expect(await sink.steps == [])
  }

  /// A disk that was full for a while: what waited arrives when it has space again, and nothing is lost or written twice.
  @Test func aSinkThatRecoversGetsWhatWaited() async {
    let sink = UnreliableSink()
    let isolated = IsolatedSink("csv", limits: limits()) { sink }
    for number in 0..<5 { await isolated.record(step(number)) }
    await wait { await sink.steps.count == 5 }
    await sink.damage()
    for number in 5..<30 { await isolated.record(step(number)) }
    var said: [String] = []
    await wait {
      said += await isolated.warnings()
      return !said.isEmpty
    }
    await sink.repair()
    await isolated.finish()
    said += await isolated.warnings()
    #expect(await sink.steps == Array(0..<30))
    #expect(
      said == [
        "the log 'csv' failed and is tried again: no space left on device", "the log 'csv' works again; no event was lost",
      ])
  }

  @Test func aFullQueueDropsTheOldestAndCounts() async {
    let sink = UnreliableSink(isBroken: true)
    let isolated = IsolatedSink("mlflow", limits: limits(queue: 10)) { sink }
    await isolated.record(step(0))
    await wait { await !isolated.warnings().isEmpty }
    for number in 1...30 { await isolated.record(step(number)) }
    await sink.repair()
    await isolated.finish()
    #expect(await sink.steps == [0] + Array(21...30))
    #expect(await isolated.warnings() == ["the log 'mlflow' works again; 20 events were lost"])
  }

  @Test func aSinkThatHangsTenMinutesAnEventSlowsNothing() async {
    let sink = UnreliableSink(delay: 600)
    let isolated = IsolatedSink("slow", limits: limits(queue: 100, patience: .milliseconds(300))) { sink }
    let clock = ContinuousClock()
    let recording = await clock.measure {
      for number in 0..<500 { await isolated.record(step(number)) }
    }
    let ending = await clock.measure { await isolated.finish() }
    // Five hundred events that would take three and a half days. A crowded machine, with a thousand other tests on its threads, gets
    // less than what one of them takes.
    #expect(recording < .seconds(250), "\(recording)")
    #expect(ending < .seconds(250), "\(ending)")
    let said = await isolated.warnings()
    #expect(said == ["the log 'slow' is slower than the run: the oldest of 100 waiting events are dropped"], "\(said)")
  }

  @Test func aSilentSinkIsNamedWhileTheRunGoesOnAndNotWaitedForLong() async {
    let sink = UnreliableSink(delay: 600)
    var limits = limits()
    limits.silence = .milliseconds(50)
    limits.failingPatience = .milliseconds(100)
    limits.patience = .seconds(500)
    let isolated = IsolatedSink("mlflow", destination: "http://127.0.0.1:1", limits: limits) { sink }
    for number in 0..<5 { await isolated.record(step(number)) }
    var said: [String] = []
    await wait {
      said += await isolated.warnings()
      return !said.isEmpty
    }
    let ending = await ContinuousClock().measure { await isolated.finish() }
    #expect(ending < .seconds(250), "\(ending)")
    said += await isolated.warnings()
    #expect(said.count == 1 && said[0].hasPrefix("the log 'mlflow' has not answered at http://127.0.0.1:1 for "), "\(said)")
  }

  @Test func aSinkThatIsSilentOnlyAtTheEndIsSaidThere() async {
    let sink = UnreliableSink(delay: 600)
    let isolated = IsolatedSink("mlflow", destination: "http://127.0.0.1:1", limits: limits(patience: .milliseconds(50))) {
      sink
    }
    await isolated.record(step(0))
    await isolated.finish()
    #expect(
      await isolated.warnings() == [
        "the log 'mlflow' still does not answer at http://127.0.0.1:1 at the end of the run and lost 1 events"
      ])
  }

  @Test func aSinkThatCannotBeMadeIsMadeLater() async {
    let memory = MemorySink()
    let tries = Tries()
    let isolated = IsolatedSink("late", limits: limits()) {
      guard await tries.next() >= 3 else { throw NoSpace() }
      return memory
    }
    for number in 0..<4 { await isolated.record(step(number)) }
    await wait { await memory.events.count == 4 }
    await isolated.finish()
    #expect(await memory.events.map(\.step) == [0, 1, 2, 3])
    #expect(
      await isolated.warnings() == [
        "the log 'late' failed and is tried again: no space left on device", "the log 'late' works again; no event was lost",
      ])
  }

  private actor Tries {
    private var count = 0
    func next() -> Int {
      count += 1
      return count
    }
  }
}
