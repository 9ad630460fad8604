import RunLogs
import Testing

struct EveryNStepsTests {
  @Test func passesMultiplesTheLastStepAndAllOtherKinds() async throws {
    let memory = MemorySink()
    let sink = EveryNSteps(3, to: memory)
    for step in 0..<8 { try await sink.record(RunEvent(kind: .step, step: step, totalSteps: 8)) }
    try await sink.record(RunEvent(kind: .checkpoint, step: 8, totalSteps: 8))
    try await sink.finish()
    #expect(await memory.events.map(\.step) == [0, 3, 6, 7, 8])
    #expect(await memory.isFinished)
  }
}
