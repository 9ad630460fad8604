import Files
import Foundation
import OptionFiles
import Options

/// Where a run leaves everything: `resolved.yaml`, `manifest.json`, `log.jsonl`, `metrics.csv`, `rollouts.bin`, `baselines.json`,
/// `checkpoints/`, `evaluation.jsonl` with `evaluation.sum`, `summary.html`.
public struct RunDirectory: Sendable {
  public let path: String

  package var resolvedFile: String { "\(path)/resolved.yaml" }
  package var manifestFile: String { "\(path)/manifest.json" }
  public var logFile: String { "\(path)/log.jsonl" }
  package var metricsFile: String { "\(path)/metrics.csv" }
  package var rolloutsFile: String { "\(path)/rollouts.bin" }
  /// What a run of stage reinforcement fitted its baselines to.
  package var baselinesFile: String { "\(path)/baselines.json" }
  package var checkpointsFolder: String { "\(path)/checkpoints" }
  public var evaluationFile: String { "\(path)/evaluation.jsonl" }
  public var policyFile: String { "\(path)/policy.safetensors" }
  /// What a policy has learnt whose file is no safetensors, such as the last checkpoint of one in another process.
  package var policyStateFile: String { "\(path)/policy.bin" }
  /// What a policy in another process wrote to its standard error.
  package var policyLogFile: String { "\(path)/policy.log" }
  /// What a source of tracks that was told to skip what is bad left out and why, one a line.
  package var leftOutFile: String { "\(path)/left-out.txt" }
  /// Why the run failed before its log began; another configuration may take such a folder over.
  package var failureFile: String { "\(path)/failure.txt" }
  package var summaryFile: String { "\(path)/summary.html" }

  public init(path: String) {
    self.path = path
  }

  /// The names of the files that hold what a finished run has learnt.
  package static let resultNames: Set<String> = ["policy.safetensors", "policy.bin"]

  /// Resamples of the intervals of its scores, `evaluation.bootstrap`; the default where its configuration does not say.
  package var resamples: Int {
    let value = (try? YAMLFile(path: resolvedFile).root)?["evaluation"]?["bootstrap"]
    guard case .number(let number)? = value?.content, let count = Int(exactly: number), count > 0 else { return 2000 }
    return count
  }

  /// Opens a folder that a run has left; throws where it is none.
  package static func existing(_ path: String) throws -> RunDirectory {
    let directory = RunDirectory(path: path)
    guard FileManager.default.fileExists(atPath: directory.resolvedFile) else {
      throw FileError(path: path, message: "is not a run's folder: it has no resolved.yaml")
    }
    if let misplaced = directory.misplaced { throw misplaced }
    return directory
  }
}
