/// What a policy may be able to do; a stage, an algorithm or a reward that needs one is refused where it is missing.
public enum PolicyFeature: String, Sendable, CaseIterable {
  /// Fine-tuning on questions with their answers.
  case questions
  /// Fine-tuning on captions of tracks.
  case captions
  /// Learning from rewards of what it sampled.
  case reinforcement
  /// An estimate of the value before each token.
  case valueHead = "value head"
  /// It says which characters each token of a completion covers.
  case spans
  /// Entropies whose derivative it can follow.
  case entropy
  /// Copies that no later update moves.
  case reference
  /// Its parameters as a file of their own, which `export:` names.
  case export

  public static let stages: Set<PolicyFeature> = [.questions, .captions, .reinforcement]

  /// All but those of the value head and the export.
  public static let common: Set<PolicyFeature> = [.questions, .captions, .reinforcement, .spans, .entropy, .reference]
}

/// What a stage asks of the policy that it trains.
public struct StageNeeds: Sendable, Hashable {
  /// The stage, for messages.
  public var stage: String
  /// Empty for a stage that trains no policy.
  public var features: Set<PolicyFeature>

  public init(stage: String = "", _ features: Set<PolicyFeature> = []) {
    self.stage = stage
    self.features = features
  }

  /// Whether it shows a policy answers.
  public var teaches: Bool { !features.isDisjoint(with: [.questions, .captions]) }

  package init(stage: String, features: Set<PolicyFeature>) {
    self.stage = stage
    self.features = features
  }
}
