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

  @Test func everySinkGetsEveryEventInOrder() async throws {
    let sinks = [MemorySink(), MemorySink()]
    let tee = Tee(sinks)
    for number in 0..<5 { try await tee.record(step(number)) }
    try await tee.finish()
    for sink in sinks {
      #expect(await sink.events == (0..<5).map(step))
      #expect(await sink.isFinished)
    }
  }

  @Test func aFailingSinkIsDroppedWithOneWarningToTheOthers() async throws {
    let before = MemorySink()
    let after = MemorySink()
    let tee = Tee([before, FailingSink(after: 2), after])
    for number in 0..<4 { try await tee.record(step(number)) }
    for sink in [before, after] {
      let events = await sink.events
      #expect(events.map(\.kind) == [.step, .step, .step, .warning, .step])
      #expect(events[3].step == 2 && events[3].totalSteps == 5)
      #expect(events[3].text == "the log FailingSink failed and gets no more events: Broken()")
    }
    #expect(await tee.recordedWarnings.count == 1)
  }

  @Test func aSinkThatFailsOnTheWarningIsDroppedToo() async throws {
    let memory = MemorySink()
    let tee = Tee([FailingSink(after: 1), FailingSink(after: 0), memory])
    try await tee.record(step(0))
    #expect(await memory.events.map(\.kind) == [.step, .warning, .warning])
    #expect(await tee.recordedWarnings.count == 2)
  }

  @Test func failingAtTheEndIsSaidToo() async throws {
    let memory = MemorySink()
    let tee = Tee([FailingSink(after: 9, failsAtFinish: true), memory])
    try await tee.record(step(4))
    try await tee.finish()
    #expect(await memory.events.map(\.kind) == [.step, .warning])
    #expect(await tee.recordedWarnings.map(\.step) == [4])
  }

  @Test func aRequiredSinkFailsLoudly() async throws {
    let memory = MemorySink()
    let tee = Tee([memory], required: [FailingSink(after: 1)])
    try await tee.record(step(0))
    await #expect(throws: Broken.self) { try await tee.record(step(1)) }
    #expect(await memory.events.map(\.step) == [0])
  }

  private struct Talking: RunLogSink {
    let memory: MemorySink
    func record(_ event: RunEvent) async { await memory.record(event) }
    func finish() {}
    func warnings() async -> [String] { await memory.events.count == 2 ? ["it is late"] : [] }
  }

  @Test func whatASinkSaysOfItselfIsAWarningOfTheStep() async throws {
    let memory = MemorySink()
    let own = MemorySink()
    let tee = Tee([memory, Talking(memory: MemorySink())], required: [own])
    for number in 0..<3 { try await tee.record(step(number)) }
    for sink in [memory, own] {
      #expect(await sink.events.map(\.kind) == [.step, .step, .warning, .step])
      #expect(await sink.events[2].text == "it is late")
      #expect(await sink.events[2].step == 1)
    }
  }
}
