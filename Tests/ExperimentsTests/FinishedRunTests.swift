import Experiments
import Files
import Foundation
import Policies
import Questions
import RunLogs
import Tensors
import Testing

@testable import RunFolders
@testable import Runs

/// What counts as finished, and what is noticed of files that were damaged after it.
struct FinishedRunTests {
  private func withRun(_ body: (RunDirectory) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(RunDirectory(path: folder))
  }

  private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  @Test func aDamagedOrEmptyPolicyIsNotFinished() async throws {
    try await withRun { run in
      #expect(!run.isFinished(isScored: false) && run.damagedPolicy == nil)
      let values = (0..<4096).map { Float($0) * 0.37 }
      let policy = Safetensors([.init(name: "w", tensor: Tensor(shape: [64, 64], values: values))]).summed().encoded()
      try write(policy, run.policyFile)
      #expect(run.isFinished(isScored: false) && run.damagedPolicy == nil)
      // Sectors that a disk gave back as zeros.
      var damaged = policy
      for index in policy.count - 8192..<policy.count - 4096 { damaged[index] = 0 }
      try write(damaged, run.policyFile)
      #expect(!run.isFinished(isScored: false))
      #expect(run.damagedPolicy?.contains("it was damaged or changed") == true)
      try write([], run.policyFile)
      #expect(!run.isFinished(isScored: false) && run.damagedPolicy?.hasSuffix("is empty") == true)
      try write(Array(policy.dropLast(100)), run.policyFile)
      #expect(!run.isFinished(isScored: false))
      // Of an older version, without a checksum.
      try write(Safetensors([.init(name: "w", tensor: Tensor(shape: [2]))]).encoded(), run.policyFile)
      #expect(run.isFinished(isScored: false))
    }
  }

  @Test func filesWithASumBesideThemAreChecked() async throws {
    try await withRun { run in
      try write([1, 2, 3], run.policyStateFile)
      #expect(run.isFinished(isScored: false), "an older version left no sum")
      try FileSum.write(for: run.policyStateFile)
      #expect(run.isFinished(isScored: false))
      try write([1, 2, 4], run.policyStateFile)
      #expect(!run.isFinished(isScored: false) && run.damagedPolicy?.contains("it was cut off or changed") == true)
      try write([UInt8](repeating: 7, count: 3 << 20), run.rolloutsFile)
      try FileSum.write(for: run.rolloutsFile)
      #expect(run.damagedRollouts == nil)
      try write([UInt8](repeating: 7, count: 3 << 20 - 1), run.rolloutsFile)
      #expect(run.damagedRollouts?.contains("the run wrote 3145728 bytes") == true)
      try write([0xFF, 0xFE], FileSum.file(of: run.rolloutsFile))
      #expect(run.damagedRollouts?.contains("is no checksum") == true)
    }
  }

  /// `rm -rf` of a run's folder while it runs.
  @Test func aFolderThatIsGoneEndsTheRunAtItsNextCheckpoint() async throws {
    try await withRun { run in
      try write(Array("name: x\n".utf8), run.resolvedFile)
      let own = try JSONLinesSink(path: run.logFile)
      let log = Tee([], required: [FolderWatch(run), own])
      try await log.record(RunEvent(kind: .step, step: 0, totalSteps: 2))
      try await log.record(RunEvent(kind: .checkpoint, step: 1, totalSteps: 2))
      try await log.sync()
      try FileManager.default.removeItem(atPath: run.path)
      try await log.record(RunEvent(kind: .step, step: 1, totalSteps: 2))
      await #expect { try await log.record(RunEvent(kind: .checkpoint, step: 2, totalSteps: 2)) } throws: {
        "\($0)".contains("was removed or replaced while the run was at work in it")
      }
      await #expect(throws: FileError.self) { try await log.sync() }
      // Another folder in its place is no better.
      try FileManager.default.createDirectory(atPath: run.path, withIntermediateDirectories: true)
      try write(Array("name: x\n".utf8), run.resolvedFile)
      try write([], run.logFile)
      await #expect(throws: FileError.self) { try await log.record(RunEvent(kind: .finished, step: 2, totalSteps: 2)) }
    }
  }
}
