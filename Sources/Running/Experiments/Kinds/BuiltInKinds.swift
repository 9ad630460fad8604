public import Options

extension StageCatalog {
  /// Every stage that ships with Takt.
  public static var builtIn: StageCatalog { builtInStages }
}

extension PolicyCatalog {
  /// Every kind of policy that ships with Takt.
  public static var builtIn: PolicyCatalog { builtInPolicies }
}

extension TrackSourceCatalog {
  /// Every source of tracks that ships with Takt.
  public static var builtIn: TrackSourceCatalog { builtInTracks }
}

// Add a line here for a new file.
private let builtInStages = StageCatalog().listing([
  EncoderStageKind.self, CaptionStageKind.self, QuestionStageKind.self, ReinforcementStageKind.self,
])
private let builtInPolicies = PolicyCatalog().listing([EmbeddedPolicyKind.self, ExternalPolicyKind.self])
private let builtInTracks = TrackSourceCatalog().listing([ComposedTrackKind.self, CorpusTrackKind.self])
