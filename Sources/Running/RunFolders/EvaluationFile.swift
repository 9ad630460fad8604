import Files
import Foundation
public import MusTBench
public import Options
import Questions

/// Scored answers in a file, a JSON object a line.
///
/// A run's own, `evaluation.jsonl`, has its ``EvaluationSum`` beside it, so that a file that was cut off or changed is told from
/// what was scored.
public enum EvaluationFile {
  private static let remedy =
    "restore it, or run `takt train` on this folder again (`takt ablate` in a grid): it scores the finished policy again"

  package static func write(_ answers: [HeldOutRecord], to path: String) throws {
    try AtomicFile.write(try bytes(of: answers), to: path)
  }

  /// Writes the sum, then the answers: a kill between the two leaves a file that is seen to be another.
  static func writeSummed(_ answers: [HeldOutRecord], to path: String) throws {
    let bytes = try bytes(of: answers)
    try AtomicFile.write(Array(EvaluationSum(of: bytes).text.utf8), to: EvaluationSum.file(of: path))
    try AtomicFile.write(bytes, to: path)
  }

  private static func bytes(of answers: [HeldOutRecord]) throws -> [UInt8] {
    let encoder = JSONText.encoder()
    var bytes: [UInt8] = []
    for answer in answers { bytes += try encoder.encode(answer) + [0x0A] }
    return bytes
  }

  /// The answers of a file that is what was written; of one without a sum, as older versions left it, what it holds.
  public static func read(_ path: String, tasks: TaskCatalog) throws -> [HeldOutRecord] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw FileError(path: path, message: missing(beside: path))
    }
    do {
      _ = try hasSum(path)
    } catch let error as FileError {
      throw FileError(path: error.path, message: "\(error.message); \(remedy)")
    }
    var answers: [HeldOutRecord] = []
    try JSONLines.read(HeldOutRecord.self, at: path, forms: tasks.forms) { answer, _ in
      answers.append(answer)
    }
    return answers
  }

  private static func missing(beside path: String) -> String {
    let run = RunDirectory(path: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    let isUnscored = FileManager.default.fileExists(atPath: run.resolvedFile) && !run.isScored
    return isUnscored
      ? "there is no such file, since the run has no held-out tracks (an encoder, or tracks.test is 0 or empty): "
        + "train it with tracks to hold out"
      : "there is no such file: has the run finished? `takt train` writes it at the end"
  }

  /// What is wrong with a file that a finished run left; `nil` where it is whole, or where there is none.
  ///
  /// Without a sum it is whole where it has lines and every one can be read.
  package static func damage(_ path: String, tasks: TaskCatalog) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      if try hasSum(path) { return nil }
      let isEmpty = try read(path, tasks: tasks).isEmpty
      return isEmpty ? "\(path): is empty: its answers are lost" : nil
    } catch {
      return "\(error)"
    }
  }

  /// Whether a sum lies beside the file; throws where it is one of other bytes.
  private static func hasSum(_ path: String) throws -> Bool {
    guard let written = try EvaluationSum(reading: EvaluationSum.file(of: path)) else { return false }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "cannot be read: check that it is a file, and its permissions")
    }
    let seen = EvaluationSum(of: Array(data))
    guard seen == written else {
      throw FileError(path: path, message: "holds \(seen), and the run wrote \(written): it was cut off or changed")
    }
    return true
  }
}

extension RunDirectory {
  /// Writes the scores of the start and the end; a page about earlier ones goes, and whoever had the run made writes the next.
  package func store(_ scores: [HeldOutRecord]) throws {
    unlink(summaryFile)
    try EvaluationFile.writeSummed(scores, to: evaluationFile)
  }
}
