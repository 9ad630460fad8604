public import MusTBench
public import Options
public import Questions
public import Rewards
public import RunFolders
public import RunLogs
public import Tracks
public import Training
public import Work

/// A kind of stage that `stage:` may name: what is trained, on what, and how it is measured.
public protocol StageKind: Sendable {
  /// The name that an experiment file uses.
  static var name: String { get }

  /// What it does, in a sentence.
  static var summary: String { get }

  /// Reads what is its own, from any section of the file; what is wrong is recorded in the reader.
  ///
  /// `name`, `summary`, `stage`, `seed`, `training.steps`, `training.tracks`, `training.learning-rate`, `training.checkpoint-every`,
  /// `evaluation.every`, the options of the track source, `log` and `alarms` are read for every stage.
  init(options: inout OptionReader, plugins: Plugins)

  /// What it asks of the policy that it trains.
  static var needs: StageNeeds { get }

  /// The policy that it trains; `nil` where it trains something else.
  var policy: (any PolicyKind)? { get }

  /// What it asks about and logs.
  var tasks: [any BenchmarkTask] { get }

  /// Their names, with those of tasks that only a file of questions has.
  var taskNames: [String] { get }

  /// Resamples of the intervals of its scores.
  var resamples: Int { get }

  /// What its alarms measure against.
  var limits: RunLimits { get }

  /// Files that it reads, each with the key that names it.
  var files: [(key: String, path: String)] { get }

  /// Where what is trained is also written at the end; empty for nowhere else.
  var exportFile: String { get }

  /// What of its own options would keep it from starting; files that are not there are found without it.
  var startIssues: [OptionIssue] { get }

  /// Takes a run from its newest checkpoint, or from nothing, to its end.
  func run(_ run: some StageRun) async throws -> StageLoop.Ending

  /// Makes the held-out scores of a run again that is trained to its end.
  func scoreAgain(_ run: some StageRun) async throws -> StageLoop.Ending
}

extension StageKind {
  public static var needs: StageNeeds { StageNeeds() }

  public var policy: (any PolicyKind)? { nil }

  public var tasks: [any BenchmarkTask] { [] }

  public var taskNames: [String] { tasks.map { type(of: $0).name } }

  public var resamples: Int { 2000 }

  /// The metrics of a run on its tasks.
  package var metricNames: MetricNames {
    MetricNames(tasks: taskNames, measures: tasks.flatMap { type(of: $0).measures })
  }

  public var limits: RunLimits { RunLimits(metrics: metricNames) }

  public var files: [(key: String, path: String)] { [] }

  public var exportFile: String { "" }

  public var startIssues: [OptionIssue] { [] }

  public func scoreAgain(_ run: some StageRun) async throws -> StageLoop.Ending { try await self.run(run) }
}

/// A run as its stage sees it.
public protocol StageRun: Sendable {
  var name: String { get }
  /// With the run's folder.
  var resources: RunResources { get }
  var directory: RunDirectory { get }
  /// Length, speed and cadence.
  var training: TrainingOptions { get }

  /// Steps that the newest sound checkpoint holds.
  var stepsDone: Int { get throws }

  /// Takes a stage through its steps with this run's log and checkpoints; `evaluate` gives what is measured on tracks that are not learnt from.
  func loop<Stage: TrainingStage>(
    _ stage: inout Stage, evaluate: (_ stage: Stage, _ stepsDone: Int) async throws -> [String: Double]
  ) async throws -> StageLoop.Ending

  /// The rewards with baselines fitted to the training questions, which the run's folder keeps for whoever judges as this run did.
  func fitted(_ rewards: RewardSpec, to questions: [Question]) throws -> RewardSpec

}

extension StageRun {
  public var seed: UInt64 { resources.seed }
  public var tracks: any TrackSourceKind { resources.tracks }
  public var progress: WorkProgress { resources.progress }

  /// The tracks; what their source left out, and what may not be meant, is a warning of the run.
  public func splits() throws -> TrackSplits {
    let splits = try tracks.splits()
    resources.findings.leftOut(splits.omitted)
    for text in [splits.omission] + splits.remarks where !text.isEmpty { resources.findings.warn(text) }
    return splits
  }
}
