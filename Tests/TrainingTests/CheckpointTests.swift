import Files
import Foundation
import Testing
import Training

struct CheckpointTests {
  private func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
  }

  @Test func comesBackAsItWas() throws {
    let checkpoint = Checkpoint(stepsDone: 17, state: ["policy": [1, 2, 3], "empty": [], "rewards": Array("x\t1\n".utf8)])
    #expect(try Checkpoint(decoding: checkpoint.encoded()) == checkpoint)
  }

  @Test func everyCutAndEveryFlippedBitIsNoticed() {
    let bytes = Checkpoint(stepsDone: 3, state: ["policy": Array(0..<40)]).encoded()
    for length in 0..<bytes.count {
      #expect(throws: TrainingError.self) { try Checkpoint(decoding: Array(bytes.prefix(length))) }
    }
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x10
      #expect(throws: TrainingError.self) { try Checkpoint(decoding: damaged) }
    }
  }

  @Test func theOneBeforeADamagedOneIsUsedWithAWarning() throws {
    let folder = CheckpointFolder(path: folder())
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    _ = try folder.write(Checkpoint(stepsDone: 10, state: ["policy": [1]]))
    let newest = try folder.write(Checkpoint(stepsDone: 20, state: ["policy": [2]]))
    try Data([0, 1, 2]).write(to: URL(fileURLWithPath: newest))
    let found = try #require(try folder.newest())
    #expect(found.checkpoint == Checkpoint(stepsDone: 10, state: ["policy": [1]]))
    #expect(found.warnings.count == 1 && found.warnings[0].contains(newest))
  }

  @Test func onlyTheNewestAreKept() throws {
    let folder = CheckpointFolder(path: folder())
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    for step in [9, 10, 100] { _ = try folder.write(Checkpoint(stepsDone: step, state: [:])) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["step-00000010.checkpoint", "step-00000100.checkpoint"])
  }

  @Test func aFolderOfDamagedOnesIsRefusedNotOverwritten() throws {
    let folder = CheckpointFolder(path: folder())
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let file = try folder.write(Checkpoint(stepsDone: 1, state: [:]))
    try Data([7]).write(to: URL(fileURLWithPath: file))
    #expect(throws: TrainingError.self) { try folder.newest() }
    #expect(FileManager.default.fileExists(atPath: file))
  }

  @Test func aFolderThatCannotBeWrittenIsAClearError() {
    #expect { try AtomicFile.write([1], to: "/proc/takt/none") } throws: { "\($0)".contains("/proc/takt/none") }
  }

  /// A kill in the middle of a write leaves the temporary file of another step; the next write takes it away.
  @Test func whatAKilledProcessLeftIsTakenAway() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let checkpoints = CheckpointFolder(path: folder + "/checkpoints")
    _ = try checkpoints.write(Checkpoint(stepsDone: 10, state: [:]))
    try Data([1]).write(to: URL(fileURLWithPath: checkpoints.path + "/step-00000020.checkpoint.partial"))
    _ = try checkpoints.write(Checkpoint(stepsDone: 30, state: [:]))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: checkpoints.path).sorted()
        == ["step-00000010.checkpoint", "step-00000030.checkpoint"])
  }
}
