import Files
import Foundation

/// The checkpoints of one run, newest last; a damaged one never costs the ones before it.
package struct CheckpointFolder: Sendable {
  package let path: String
  /// How many are kept, at least 2: the newest may turn out to be damaged.
  package let kept: Int

  package init(path: String, kept: Int = 2) {
    precondition(kept >= 2, "keep at least two checkpoints")
    self.path = path
    self.kept = kept
  }

  /// Writes to a temporary name, syncs, renames, then removes checkpoints beyond `kept`; returns the file's path.
  package func write(_ checkpoint: Checkpoint) throws -> String {
    try StoredFolder.make(path)
    let file = "\(path)/\(name(stepsDone: checkpoint.stepsDone))"
    try AtomicFile.write(checkpoint.encoded(), to: file)
    for old in try files().dropLast(kept) { try FileManager.default.removeItem(atPath: "\(path)/\(old)") }
    // What a process that was killed while it wrote another step has left.
    let left = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".checkpoint.partial") }
    for name in left { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
    return file
  }

  /// The newest checkpoint that is whole, with a warning for each damaged one that was passed over.
  ///
  /// `nil` where there is none at all. Throws where there are some and none is whole.
  package func newest() throws -> (checkpoint: Checkpoint, warnings: [String])? {
    var warnings: [String] = []
    for name in try files().reversed() {
      let file = "\(path)/\(name)"
      guard StoredFile.otherKind(file) == nil, let data = FileManager.default.contents(atPath: file) else {
        warnings.append("\(file): cannot be read; the checkpoint before it is used")
        continue
      }
      do throws(TrainingError) {
        return (try Checkpoint(decoding: Array(data)), warnings)
      } catch {
        warnings.append("\(file): \(error.message); the checkpoint before it is used")
      }
    }
    guard warnings.isEmpty else {
      throw TrainingError(
        .badCheckpoint, "no checkpoint in \(path) is whole:\n\(warnings.joined(separator: "\n"))\nstart the run in a new folder"
      )
    }
    return nil
  }

  private func files() throws -> [String] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".checkpoint") }.sorted()
  }

  /// The file's name within the folder.
  package func name(stepsDone: Int) -> String {
    let digits = String(stepsDone)
    return "step-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".checkpoint"
  }
}
