import Files
import Foundation
import RunLogs
import Testing

struct JSONLinesSinkTests {
  private static let events = [
    RunEvent(kind: .started, step: 0, totalSteps: 4, text: "demo"),
    RunEvent(kind: .evaluation, step: 0, totalSteps: 4, scalars: ["evaluation/tsg/hit@3s/greedy": 0.25]),
    RunEvent(kind: .step, step: 0, totalSteps: 4, scalars: ["reward/mean": 0.1 + 0.2, "time/step": 1.5]),
    RunEvent(kind: .step, step: 1, totalSteps: 4, scalars: ["reward/mean": .leastNonzeroMagnitude, "time/step": 2]),
    RunEvent(kind: .evaluation, step: 2, totalSteps: 4, scalars: ["evaluation/tsg/hit@3s/greedy": 1.0 / 3]),
    RunEvent(kind: .checkpoint, step: 2, totalSteps: 4, text: "checkpoints/2"),
    RunEvent(kind: .warning, step: 2, totalSteps: 4, text: "\"drift\"\n\\ \u{1}\u{2028} Größe 🎵"),
    RunEvent(kind: .step, step: 2, totalSteps: 4, scalars: ["reward/mean": -.greatestFiniteMagnitude]),
  ]

  @Test func keysAreSortedAndNumbersAreTheShortestThatRoundTrip() {
    #expect(
      Self.events[2].jsonLine == #"{"kind":"step","reward/mean":0.30000000000000004,"step":0,"time/step":1.5,"total_steps":4}"#)
    #expect(Self.events[0].jsonLine == #"{"kind":"started","step":0,"text":"demo","total_steps":4}"#)
  }

  @Test func everyEventReadsBackExactly() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.jsonl"
      let sink = try JSONLinesSink(path: path)
      for event in Self.events { try await sink.record(event) }
      #expect(try JSONLinesSink.events(path: path) == Self.events)
      #expect(try text(at: path).split(separator: "\n").count == Self.events.count)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersThatJSONLacksAreStrings(value: Double) throws {
    let line = RunEvent(kind: .step, step: 0, totalSteps: 1, scalars: ["policy/loss": value]).jsonLine
    #expect(line.contains("\"policy/loss\":\"\(value)\""))
    let read = try #require(RunEvent(jsonLine: line.utf8)?.scalars["policy/loss"])
    #expect(read.isNaN == value.isNaN && (value.isNaN || read == value))
  }

  @Test func randomBitPatternsReadBackExactly() throws {
    var bits: UInt64 = 1
    for _ in 0..<500 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: bits)
      guard value.isFinite else { continue }
      let line = RunEvent(kind: .step, step: 0, totalSteps: 1, scalars: ["policy/loss": value]).jsonLine
      #expect(RunEvent(jsonLine: line.utf8)?.scalars["policy/loss"]?.bitPattern == value.bitPattern)
    }
  }

  @Test func resumingKeepsWhatStoodAtTheCheckpoint() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.jsonl"
      let sink = try JSONLinesSink(path: path)
      for event in Self.events { try await sink.record(event) }
      let resumed = try JSONLinesSink(path: path, resumingAt: 2)
      #expect(try JSONLinesSink.events(path: path) == Array(Self.events.prefix(6)))
      for event in Self.events.dropFirst(6) { try await resumed.record(event) }
      #expect(try JSONLinesSink.events(path: path) == Self.events)
      _ = try JSONLinesSink(path: path, resumingAt: 0)
      #expect(try text(at: path).isEmpty)
    }
  }

  @Test func aTornLastLineIsCutAtAnyByte() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.jsonl"
      let whole = Self.events.map { $0.jsonLine + "\n" }.joined()
      let intact = Self.events.dropLast().map { $0.jsonLine + "\n" }.joined()
      for length in intact.utf8.count..<whole.utf8.count {
        try Data(whole.utf8.prefix(length)).write(to: URL(fileURLWithPath: path))
        _ = try JSONLinesSink(path: path, resumingAt: 4)
        #expect(try text(at: path) == intact)
      }
    }
  }

  @Test func aDamagedLineIsNamed() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.jsonl"
      try Data((Self.events[0].jsonLine + "\n{\"kind\":\n").utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: FileError.self) { try JSONLinesSink.events(path: path) }
      #expect(error?.code == .damaged)
      #expect(error?.description.contains("line 2") == true)
    }
  }

  @Test func aMissingFileAndAMissingFolderAreErrors() throws {
    #expect(throws: FileError.self) { try JSONLinesSink.events(path: "/nonexistent/log.jsonl") }
    let error = #expect(throws: FileError.self) { try JSONLinesSink(path: "/nonexistent/log.jsonl") }
    #expect(error?.code == .unwritable)
  }

  @Test func comparableLogsDifferInTimesOnly() {
    var slower = Self.events
    slower[2].scalars["time/step"] = 99
    #expect(JSONLinesSink.comparable(slower) == JSONLinesSink.comparable(Self.events))
    slower[2].scalars["reward/mean"] = 0.3
    #expect(JSONLinesSink.comparable(slower) != JSONLinesSink.comparable(Self.events))
  }

  @Test func aFullDiskThrowsAndLeavesTheLog() async throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let error = await #expect(throws: FileError.self) {
      try await JSONLinesSink(path: "/dev/full").record(Self.events[0])
    }
    #expect(error?.code == .unwritable)
  }
}
