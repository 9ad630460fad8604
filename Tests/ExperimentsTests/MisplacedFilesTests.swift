import Experiments
import Files
import Foundation
import Testing
import Training

@testable import RunFolders
@testable import Runs

/// A pipe, a device or a folder in the place of a file of a run is said, not read: reading it might never end.
struct MisplacedFilesTests {
  private static let names = [
    "resolved.yaml", "manifest.json", "log.jsonl", "metrics.csv", "baselines.json", "policy.safetensors", "evaluation.jsonl",
    "evaluation.sum", "rollouts.bin", "rollouts.bin.sum", "policy.bin", "policy.bin.sum",
  ]

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test(.timeLimit(.minutes(1)), arguments: names)
  func whatIsNoFileIsSaidAndNotRead(name: String) throws {
    let file = try FinishedRuns.demo(["training.steps=2"])
    for (kind, put) in [
      ("a pipe", { mkfifo($0, 0o600) }), ("a device", { symlink("/dev/zero", $0) }), ("a folder", { mkdir($0, 0o700) }),
    ] as [(String, (String) -> Int32)] {
      let runs = try FinishedRuns()
      defer { runs.remove() }
      let path = try runs.run("a", seed: 1, steps: 2, hits: 4)
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
      #expect(put("\(path)/\(name)") == 0)
      let expected = "\(path)/\(name): is \(kind), where a run keeps a file: remove it, or restore the file from a copy"
      let directory = RunDirectory(path: path)
      let misplaced = try #require(directory.misplaced)
      #expect(misplaced.description == expected)
      #expect(throws: misplaced) { try RunDirectory.existing(path) }
      #expect(throws: misplaced) { try directory.open(resolved: file.resolved, plugins: .builtIn) }
      #expect(throws: misplaced) { try BaselinesFile.read(path) }
      #expect(!directory.isFinished(isScored: true))
      #expect(
        directory.damagedPolicy == expected && directory.damagedScores == expected && directory.damagedRollouts == expected)
      let index = RunRegistration(path: "\(path)-index.sqlite")
      let rebuilt = try index.rebuild(from: [path])
      #expect(rebuilt.runs == 0 && rebuilt.warnings == [expected])
    }
  }

  @Test func aFolderThatIsWholeIsReadAndLinksToFilesAreFollowed() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("a", seed: 1, steps: 2, hits: 4)
    let moved = "\(path)-log.jsonl"
    try FileManager.default.moveItem(atPath: "\(path)/log.jsonl", toPath: moved)
    try FileManager.default.createSymbolicLink(atPath: "\(path)/log.jsonl", withDestinationPath: moved)
    #expect(RunDirectory(path: path).misplaced == nil)
    #expect(try RunDirectory.existing(path).path == path)
  }

  @Test(.timeLimit(.minutes(1)))
  func aCheckpointThatIsAPipeIsPassedOver() throws {
    try withFolder { folder in
      let checkpoints = CheckpointFolder(path: folder)
      _ = try checkpoints.write(Checkpoint(stepsDone: 3, state: ["stage": [1, 2, 3]]))
      #expect(mkfifo("\(folder)/step-00000005.checkpoint", 0o600) == 0)
      let found = try #require(try checkpoints.newest())
      #expect(found.checkpoint.stepsDone == 3)
      #expect(found.warnings == ["\(folder)/step-00000005.checkpoint: cannot be read; the checkpoint before it is used"])
    }
  }

  @Test func foldersThatCannotBeMadeSayWhy() throws {
    try withFolder { folder in
      let file = folder + "/file"
      try Data("x".utf8).write(to: URL(fileURLWithPath: file))
      for (path, reason) in [(file, "File exists"), (folder + "/" + String(repeating: "x", count: 300), "File name too long")] {
        #expect(
          throws: FileError(path: path, message: "the folder cannot be made: \(reason); choose another path, or free this one")
        ) {
          try StoredFolder.make(path)
        }
      }
      try StoredFolder.make(folder + "/a/b")
      try StoredFolder.make(folder + "/a/b")
      #expect(FileManager.default.fileExists(atPath: folder + "/a/b"))
    }
  }
}
