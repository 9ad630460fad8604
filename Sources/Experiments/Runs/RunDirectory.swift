import Foundation
public import Options
import Training

/// Where a run leaves everything: `resolved.yaml`, `manifest.json`, `log.jsonl`, `metrics.csv`, `rollouts.bin`, `checkpoints/`,
/// `evaluation.jsonl`, `summary.html`.
public struct RunDirectory: Sendable {
  public let path: String

  public var resolvedFile: String { "\(path)/resolved.yaml" }
  public var manifestFile: String { "\(path)/manifest.json" }
  public var logFile: String { "\(path)/log.jsonl" }
  public var metricsFile: String { "\(path)/metrics.csv" }
  public var rolloutsFile: String { "\(path)/rollouts.bin" }
  public var checkpointsFolder: String { "\(path)/checkpoints" }
  public var evaluationFile: String { "\(path)/evaluation.jsonl" }
  public var policyFile: String { "\(path)/policy.safetensors" }
  public var summaryFile: String { "\(path)/summary.html" }

  public init(path: String) {
    self.path = path
  }

  /// Makes the folder, or goes on in it where the same configuration ran there before.
  ///
  /// A folder that holds another
  /// configuration's run is refused and left as it is.
  public func open(resolved: OptionValue) throws {
    let text = resolved.yaml()
    if let existing = FileManager.default.contents(atPath: resolvedFile) {
      guard String(data: existing, encoding: .utf8) == text else {
        throw FileError(
          path: path,
          message: "holds a run of another configuration (see resolved.yaml there); give --output another folder, or remove it")
      }
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(path: path, message: "cannot be made: \(error.localizedDescription)")
    }
    try AtomicFile.write(Array(text.utf8), to: resolvedFile)
  }

  /// Opens a folder that a run has left; throws where it is none.
  public static func existing(_ path: String) throws -> RunDirectory {
    let directory = RunDirectory(path: path)
    guard FileManager.default.fileExists(atPath: directory.resolvedFile) else {
      throw FileError(path: path, message: "is not a run's folder: it has no resolved.yaml")
    }
    return directory
  }
}
