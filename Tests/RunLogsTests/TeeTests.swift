import RunLogs
import Testing

struct TeeTests {
  private struct Broken: Error {}

  private actor FailingSink: RunLogSink {
    var remaining: Int
    let failsAtFinish: Bool
    init(after remaining: Int, failsAtFinish: Bool = false) {
      self.remaining = remaining
      self.failsAtFinish = failsAtFinish
    }
    func record(_ event: RunEvent) throws {
      guard remaining > 0 else { throw Broken() }
      remaining -= 1
    }
    func finish() throws { if failsAtFinish { throw Broken() } }
  }

  private func step(_ number: Int) -> RunEvent { RunEvent(kind: .step, step: number, totalSteps: 5) }

  @Test func everySinkGetsEveryEventInOrder() async {
    let sinks = [MemorySink(), MemorySink()]
    let tee = Tee(sinks)
    for number in 0..<5 { await tee.record(step(number)) }
    await tee.finish()
    for sink in sinks {
      #expect(await sink.events == (0..<5).map(step))
      #expect(await sink.isFinished)
    }
  }

  @Test func aFailingSinkIsDroppedWithOneWarningToTheOthers() async {
    let before = MemorySink()
    let after = MemorySink()
    let tee = Tee([before, FailingSink(after: 2), after])
    for number in 0..<4 { await tee.record(step(number)) }
    for sink in [before, after] {
      let events = await sink.events
      #expect(events.map(\.kind) == [.step, .step, .step, .warning, .step])
      #expect(events[3].step == 2 && events[3].totalSteps == 5)
      #expect(events[3].text == "the log FailingSink failed and gets no more events: Broken()")
    }
    #expect(await tee.warnings.count == 1)
  }

  @Test func aSinkThatFailsOnTheWarningIsDroppedToo() async {
    let memory = MemorySink()
    let tee = Tee([FailingSink(after: 1), FailingSink(after: 0), memory])
    await tee.record(step(0))
    #expect(await memory.events.map(\.kind) == [.step, .warning, .warning])
    #expect(await tee.warnings.count == 2)
  }

  @Test func failingAtTheEndIsSaidToo() async {
    let memory = MemorySink()
    let tee = Tee([FailingSink(after: 9, failsAtFinish: true), memory])
    await tee.record(step(4))
    await tee.finish()
    #expect(await memory.events.map(\.kind) == [.step, .warning])
    #expect(await tee.warnings.map(\.step) == [4])
  }
}
