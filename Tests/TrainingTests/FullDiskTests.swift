import Foundation
import Options
import RunLogs
import Testing
import Training

/// Logs on a disk without space: `/dev/full` takes no byte and says that no space is left.
struct FullDiskTests {
  private struct Stage: TrainingStage {
    mutating func step(_ index: Int) -> [String: Double] { ["reward/mean": Double(index)] }
    func state() -> [String: [UInt8]] { [:] }
    func restore(_ state: [String: [UInt8]]) {}
  }

  private static let steps = 20

  /// The logs of an experiment's file beside its own, each with the name of its file.
  private static let logs: [(entry: [(String, String)], file: String)] = [
    ([("sink", "csv")], "metrics.csv"), ([("sink", "tensorboard")], TensorBoardSink.fileName),
    ([("sink", "jsonl"), ("file", "copy.jsonl")], "copy.jsonl"),
  ]

  private static func chosen(_ entry: [(String, String)]) throws -> ChosenLog {
    var options = OptionReader(OptionValue(.map(entry.map { OptionEntry(key: $0, value: OptionValue(.text($1))) })))
    let log = ChosenLog(
      options: &options, catalog: LogCatalog().listing([JSONLinesLog.self, CSVLog.self, TensorBoardLog.self]))
    try options.finish()
    return try #require(log)
  }

  @Test func logsOnAFullDiskCostTheRunNothingAndAreSaidOnceEach() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for log in Self.logs {
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(log.file)", withDestinationPath: "/dev/full")
    }
    let own = try JSONLinesSink(path: "\(folder)/log.jsonl")
    let run = LoggedRun(name: "full", directory: folder)
    let tee = Tee(try Self.logs.map { try Self.chosen($0.entry).sink(for: run) }, required: [own])
    let loop = StageLoop(
      cadence: .init(steps: Self.steps, evaluateEvery: 0, checkpointEvery: 100), log: tee, checkpoints: nil)
    var stage = Stage()
    #expect(try await loop.run(&stage) { _, _ in [:] } == .finished)
    try await tee.finish()

    let events = try JSONLinesSink.events(path: "\(folder)/log.jsonl")
    #expect(events.filter { $0.kind == .step }.map { $0.scalars["reward/mean"] } == (0..<Self.steps).map { Double($0) })
    #expect(events.first?.kind == .started && events.contains { $0.kind == .finished })
    let warnings = events.filter { $0.kind == .warning }.map(\.text)
    for log in Self.logs {
      let name = log.entry[0].1
      let said = warnings.filter { $0.hasPrefix("the log '\(name)' ") }
      let reason = "\(folder)/\(log.file): cannot be written: check the space left on its disk"
      // Once, with the reason; nothing for each event.
      #expect(said.count == 1, "\(said)")
      #expect(said.first?.hasPrefix("the log '\(name)' failed ") == true && said.first?.contains(reason) == true, "\(said)")
    }
  }
}
