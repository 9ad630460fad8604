import Files
import Foundation

/// The file in which a run leaves what its policy has learnt.
public enum PolicyResultFile: Sendable {
  /// `policy.safetensors`, which holds its own checksum.
  case tensors
  /// `policy.bin`, bytes that mean something to the policy alone, with their checksum beside them.
  case state
}

extension RunDirectory {
  /// Leaves what the run's policy has learnt, and again at `export` unless that is empty.
  package func store(result bytes: [UInt8], as kind: PolicyResultFile, export: String) throws {
    switch kind {
    case .tensors: try AtomicFile.write(bytes, to: policyFile)
    case .state:
      // The sum of what is written now must not be that of what was there before.
      unlink(FileSum.file(of: policyStateFile))
      try AtomicFile.write(bytes, to: policyStateFile)
      try FileSum.write(for: policyStateFile)
    }
    if !export.isEmpty { try AtomicFile.write(bytes, to: export) }
  }

  /// What ``store(result:as:export:)`` left.
  package func result(as kind: PolicyResultFile) throws -> [UInt8] {
    try StoredFile.bytes(of: kind == .tensors ? policyFile : policyStateFile)
  }

  /// Leaves the sum of the rollouts, where the run has kept any.
  package func sumRollouts() throws {
    if FileManager.default.fileExists(atPath: rolloutsFile) { try FileSum.write(for: rolloutsFile) }
  }
}
