package import EmbeddedPolicies
package import ExperimentFiles
import ExperimentKinds
import Files
package import PolicyStages

extension ExperimentFile {
  /// What it has of reinforcement; `nil` in other stages.
  package var reinforcement: ReinforcementStageKind? { stage as? ReinforcementStageKind }
}

extension ExperimentFile {
  /// Throws, with the remedy, where the policy is of another kind: only the embedded one hears through an encoder of its own.
  package var embeddedPolicy: EmbeddedPolicyKind {
    get throws {
      if let policy = stage.policy as? EmbeddedPolicyKind { return policy }
      throw NamedError("\(path): has no policy of kind embedded, whose encoder and time tokens this needs: name another file")
    }
  }
}
