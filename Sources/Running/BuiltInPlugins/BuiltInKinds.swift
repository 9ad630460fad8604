import EmbeddedPolicies
import EncoderStages
package import ExperimentKinds
import ExternalPolicies
package import Options
import PolicyStages

extension StageCatalog {
  /// None.
  package init() { self.init(listedWith: { .builtIn }) }

  /// Every stage that ships with Takt.
  package static var builtIn: StageCatalog { builtInStages }
}

extension PolicyCatalog {
  /// Every kind of policy that ships with Takt.
  package static var builtIn: PolicyCatalog { builtInPolicies }
}

// Add a line here for a new file.
private let builtInStages = StageCatalog().listing([
  EncoderStageKind.self, CaptionStageKind.self, QuestionStageKind.self, ReinforcementStageKind.self,
])
private let builtInPolicies = PolicyCatalog().listing([EmbeddedPolicyKind.self, ExternalPolicyKind.self])
