import RunLogs
import Testing

struct NameFilterTests {
  private func names(include: [String] = [], exclude: [String] = []) async throws -> [String] {
    let memory = MemorySink()
    let filter = NameFilter(include: include, exclude: exclude, to: memory)
    try await filter.record(
      RunEvent(
        kind: .step, step: 0, totalSteps: 1,
        scalars: ["reward/mean": 1, "reward/onset-error/mean": 1, "policy/loss": 1, "time/step": 1],
        distributions: ["reward/distribution": [1]], texts: ["completion/examples": "x"]))
    let events = await memory.events
    return events.flatMap { Array($0.scalars.keys) + Array($0.distributions.keys) + Array($0.texts.keys) }.sorted()
  }

  @Test func patternsChooseNames() async throws {
    #expect(
      try await names(include: ["reward/*"]) == ["reward/distribution", "reward/mean", "reward/onset-error/mean"])
    #expect(try await names(include: ["*/mean"]) == ["reward/mean", "reward/onset-error/mean"])
    #expect(try await names(include: ["reward/*/mean"]) == ["reward/onset-error/mean"])
    #expect(try await names(include: ["policy/loss", "comp*"]) == ["completion/examples", "policy/loss"])
    #expect(
      try await names(exclude: ["time/*", "*distribution", "c*s"]) == ["policy/loss", "reward/mean", "reward/onset-error/mean"])
    #expect(try await names(include: ["reward/*"], exclude: ["*"]) == [])
    #expect(try await names(include: ["reward/mean/*"]) == [])
  }

  @Test func stepsOfWhichNothingIsLeftAreLeftOutAndWordsAreNot() async throws {
    let memory = MemorySink()
    let filter = NameFilter(include: ["reward/*"], to: memory)
    for kind in [RunEvent.Kind.started, .step, .evaluation, .checkpoint, .finished] {
      try await filter.record(RunEvent(kind: kind, step: 0, totalSteps: 1, scalars: ["policy/loss": 1]))
    }
    #expect(await memory.events.map(\.kind) == [.started, .checkpoint, .finished])
  }
}
