public import Options

/// A kind of policy that `policy: {kind: …}` may name: which options it has, and how it is opened for a run.
///
/// One file and one line in a catalogue make a kind. It gets from the loop what every other one has: the stages that it supports,
/// held-out scores, checkpoints, exact resume, rollouts, ablations, reports. `docs/writing-a-policy.md` takes one apart.
public protocol PolicyKind: Sendable {
  associatedtype Loaded: LoadedPolicy

  /// The name that an experiment file uses.
  static var name: String { get }

  /// What it is, in a sentence.
  static var summary: String { get }

  /// Reads the options under `policy:`, and under `start:` what it goes on from; what is wrong is recorded in the readers.
  init(options: inout OptionReader, start: inout OptionReader, for stage: StageNeeds)

  /// Reads what it adds to `questions:` in stages that show it answers; nothing unless it says otherwise.
  mutating func readExamples(_ options: inout OptionReader, for stage: StageNeeds)

  /// What it can do, as far as its options say; see ``PolicyFeature``.
  var features: Set<PolicyFeature> { get }

  /// What to write in an experiment to give it a feature that it lacks; `nil` where nothing helps.
  func remedy(for feature: PolicyFeature) -> String?

  /// Training tracks that are measured besides the held-out ones where a file does not say.
  static var usualTrainingTracks: Int { get }

  /// Files that it reads when it is opened: for the run's manifest, and missed before it starts, each with the key that names it.
  var files: [(key: String, path: String)] { get }

  /// The policy as it is before the run's first step.
  ///
  /// It must be the same for the same options and seed, so that a resumed run starts from what the other would have started from.
  func open(_ resources: RunResources) async throws -> Loaded
}

extension PolicyKind {
  public mutating func readExamples(_ options: inout OptionReader, for stage: StageNeeds) {}

  public func remedy(for feature: PolicyFeature) -> String? { nil }

  public static var usualTrainingTracks: Int { 30 }

  public var files: [(key: String, path: String)] { [] }
}
