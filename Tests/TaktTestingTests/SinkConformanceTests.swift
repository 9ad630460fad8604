import Foundation
import RunLogs
import TaktTesting
import Testing

struct SinkConformanceTests {
  private static func path(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)-\(name)").path
  }

  @Test func memoryReadsBack() async {
    let failures = await sinkConformanceFailures({ MemorySink() }) { await ($0 as? MemorySink)?.events ?? [] }
    #expect(failures.isEmpty, "\(failures)")
  }

  @Test func jsonLinesReadBack() async {
    let path = Self.path("log.jsonl")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let failures = await sinkConformanceFailures({ try JSONLinesSink(path: path) }) { _ in try JSONLinesSink.events(path: path)
    }
    #expect(failures.isEmpty, "\(failures)")
  }

  @Test func theOtherSinksTakeEveryEvent() async throws {
    let path = Self.path("log")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let terminal = path + "/terminal.txt"
    try Data().write(to: URL(fileURLWithPath: terminal))
    let sinks: [() throws -> any RunLogSink] = [
      { try CSVSink(path: path + "/log.csv") },
      { try TensorBoardSink(directory: path) },
      { TerminalSink(handle: try FileHandle(forWritingTo: URL(fileURLWithPath: terminal)), isTerminal: true) },
      { Tee([MemorySink(), EveryNSteps(2, to: MemorySink())]) },
    ]
    for makeSink in sinks {
      let failures = await sinkConformanceFailures { try makeSink() }
      #expect(failures.isEmpty, "\(failures)")
    }
  }

  private struct PickySink: RunLogSink {
    struct Refusal: Error {}
    func record(_ event: RunEvent) throws { if event.text.contains("\n") { throw Refusal() } }
    func finish() throws { throw Refusal() }
  }

  private actor RoundingSink: RunLogSink {
    private(set) var events: [RunEvent] = []
    func record(_ event: RunEvent) {
      events.append(event)
      events[events.count - 1].scalars = event.scalars.mapValues { Double(Float($0)) }
    }
    func finish() {}
  }

  @Test func faultsAreFound() async {
    let picky = await sinkConformanceFailures { PickySink() }
    #expect(Set(picky.map(\.promise)) == ["every event is taken", "a sink finishes"])
    let rounding = await sinkConformanceFailures({ RoundingSink() }) { await ($0 as? RoundingSink)?.events ?? [] }
    #expect(Set(rounding.map(\.promise)) == ["what is read is what was recorded"])
    struct NoDisk: Error {}
    let missing = await sinkConformanceFailures { throw NoDisk() }
    #expect(Set(missing.map(\.promise)) == ["a sink can be made"])
  }
}
