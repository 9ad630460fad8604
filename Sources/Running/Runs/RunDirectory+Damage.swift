import BuiltInPlugins
import EmbeddedPolicies
import ExperimentKinds
import Files
import Foundation
package import RunFolders

extension RunDirectory {
  /// Whether everything that a run leaves at its end is there and whole; only runs with held-out tracks are scored.
  package func isFinished(isScored: Bool) -> Bool {
    hasPolicy && damagedPolicy == nil
      && (!isScored
        || Self.exists(evaluationFile) && EvaluationFile.damage(evaluationFile, tasks: Plugins.current.tasks) == nil)
  }

  /// What is wrong with the policy of a run that is trained to its end; `nil` where it is whole, or not there yet.
  ///
  /// One that an older version left holds no checksum: it is whole where it can be read.
  package var damagedPolicy: String? {
    if let misplaced { return "\(misplaced)" }
    if Self.exists(policyFile) {
      return ParameterFile.damage(policyFile)
    }
    guard Self.exists(policyStateFile) else { return nil }
    return FileSum.damage(policyStateFile)
  }

  /// What is wrong with the rollouts of a finished run; `nil` where they are what it wrote.
  var damagedRollouts: String? {
    misplaced.map { "\($0)" } ?? (Self.exists(rolloutsFile) ? FileSum.damage(rolloutsFile) : nil)
  }

  /// What is wrong with the scores of a run that is trained to its end; `nil` where they are whole, or not made yet.
  package var damagedScores: String? {
    misplaced.map { "\($0)" } ?? (hasPolicy ? EvaluationFile.damage(evaluationFile, tasks: Plugins.current.tasks) : nil)
  }

  private var hasPolicy: Bool { Self.exists(policyFile) || Self.exists(policyStateFile) }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
