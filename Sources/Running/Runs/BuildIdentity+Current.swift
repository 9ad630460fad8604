import EmbeddedPolicies
import RunFolders

extension BuildIdentity {
  /// That of this process.
  static let current = BuildIdentity(running: ProcessSettings.kernels)
}
