import Foundation
import RunLogs
import Testing
import Training

/// What the log says of checkpoints.
struct AnnouncedCheckpointTests {
  private struct NoState: Error {}

  /// Gives its state once and no more.
  private struct Stage: TrainingStage {
    var done = 0
    mutating func step(_ index: Int) -> [String: Double] {
      done = index + 1
      return [:]
    }
    func state() throws -> [String: [UInt8]] {
      guard done < 2 else { throw NoState() }
      return ["done": [UInt8(done)]]
    }
    mutating func restore(_ state: [String: [UInt8]]) {}
    var warnings: [String] { [] }
  }

  @Test func aCheckpointWithoutAStateIsNotAnnounced() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let log = MemorySink()
    let loop = StageLoop(
      cadence: .init(steps: 4, evaluateEvery: 0, checkpointEvery: 1), log: log, checkpoints: CheckpointFolder(path: folder))
    var stage = Stage()
    await #expect(throws: NoState.self) { _ = try await loop.run(&stage) { _, _ in [:] } }
    let announced = await log.events.filter { $0.kind == .checkpoint }.map(\.text)
    #expect(announced == ["step-00000001.checkpoint"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == announced)
  }
}
