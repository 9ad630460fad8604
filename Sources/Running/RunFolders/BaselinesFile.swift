import Files
import Foundation
import Questions
package import Rewards

/// What a run's baselines were fitted to, in its folder as `baselines.json`: one JSON object, the same bytes for the same questions.
package enum BaselinesFile {
  package static func write(_ priors: BlindPriors, to path: String) throws {
    try AtomicFile.write(Array(try JSONText.indented(priors).utf8), to: path)
  }

  /// Those of a file, or of a run's folder.
  package static func read(_ path: String) throws -> BlindPriors {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(
        path: path, message: "there is no such file or run: --baselines wants a run's folder, or its baselines.json")
    }
    let file = isFolder.boolValue ? RunDirectory(path: path).baselinesFile : path
    if isFolder.boolValue, let misplaced = RunDirectory(path: path).misplaced { throw misplaced }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw FileError(
        path: file,
        message:
          "cannot be read: runs of stage reinforcement keep it from this version of Takt on; leave --baselines out to fit to the "
          + "questions at hand")
    }
    do {
      return try JSONDecoder().decode(BlindPriors.self, from: data)
    } catch {
      throw FileError(
        path: file,
        message:
          "holds no baselines: \(JSONLines.message(for: error, in: data)); restore it, or remove it and start its run again")
    }
  }
}
