public import Algorithms
import AudioLanguageModel
public import BuiltInPlugins
public import ExperimentFiles
public import ExperimentKinds
import OptionFiles
import Options
import Policies
import PolicyStages
public import Rewards

extension ExperimentFile {
  /// The RL stage on the embedded policy, written in Swift: `ExperimentRun` and all else take it as one that a file describes.
  ///
  /// What is `nil` is as in a file that does not say it. The run's `resolved.yaml` says everything, rewards and algorithm included, so
  /// `takt train` on it goes on with the run, and reports, grids and `takt rescore` read it like any other.
  ///
  /// Throws an ``ExperimentError`` with every value that a file may not have either, and where no file could name a reward or the
  /// algorithm again: one of a package's own must be among `plugins`. Throws a `PolicyError` where the policy's file cannot be read,
  /// or its encoder is not found.
  ///
  /// - Parameters:
  ///   - name: Names the run.
  ///   - policy: The file of a policy that already answers; it says its own shape.
  ///   - encoder: The file of the encoder; `nil` for the one that the policy's file names, beside it or where it lay.
  ///   - tracks: How many composed tracks there are.
  ///   - tasks: Short names of what is asked about, such as `tsg`.
  ///   - rewards: What answers earn.
  ///   - algorithm: How the policy learns from it.
  ///   - steps: Batches of rollouts.
  ///   - tracksPerStep: Tracks that each step asks about.
  ///   - completions: Sampled answers to each question.
  ///   - learningRate: The highest rate of the schedule.
  ///   - seed: All randomness derives from it.
  ///   - overrides: Other options, each written `key.path=value` as on the command line.
  ///   - plugins: What may be named.
  public init(
    _ name: String, policy: String, encoder: String? = nil, tracks: TrackCounts = TrackCounts(), tasks: [String]? = nil,
    rewards: RewardSpec, algorithm: some Algorithm, steps: Int? = nil, tracksPerStep: Int? = nil, completions: Int? = nil,
    learningRate: Double? = nil, seed: Int? = nil, overrides: [String] = [], plugins: Plugins = .current
  ) throws {
    let encoder = try encoder ?? PolicyFile(path: policy).openEncoder().path
    var file = YAMLFile(root: .map(of: [("seed", seed)]), path: "")
    func set(_ path: String, _ content: OptionValue.Content?) {
      if let content { file = file.setting(path, to: OptionValue(content)) }
    }
    set("name", .text(name))
    set("stage", .text(ReinforcementStageKind.name))
    set("start.encoder", .text(encoder))
    set("start.policy", .text(policy))
    set("tracks", tracks.written.content)
    set("questions.tasks", tasks.map { .list($0.map { OptionValue(.text($0)) }) })
    for entry in rewards.written { set(entry.key, entry.value.content) }
    set("algorithm", .map(try Self.written(algorithm, in: name)))
    set("training", OptionValue.map(of: [("steps", steps), ("tracks", tracksPerStep), ("completions", completions)]).content)
    set("training.learning-rate.peak", learningRate.map { .number($0) })
    let unwritable = rewards.unwritable.map {
      OptionIssue(path: $0, line: nil, message: "has options that no file could say again: conform it to ConfigurableReward")
    }
    guard unwritable.isEmpty else { throw ExperimentError(file: "experiment \(name)", issues: unwritable) }
    do {
      try self.init(try file.overridden(by: overrides), plugins: plugins)
    } catch let error as ExperimentError {
      throw ExperimentError(file: "experiment \(name)", issues: error.issues)
    }
  }

  private static func written(_ algorithm: some Algorithm, in experiment: String) throws -> [OptionEntry] {
    let name = type(of: algorithm).name
    let written = (algorithm as? any ComposedAlgorithm)?.parts.written.entries ?? []
    guard !written.isEmpty else {
      throw ExperimentError(
        file: "experiment \(experiment)",
        issues: [
          OptionIssue(
            path: "algorithm", line: nil,
            message: "\(name) does not say what it was made with: make it by AlgorithmOptions.make, or name it in a YAML file")
        ])
    }
    return [OptionEntry(key: "algorithm", value: OptionValue(.text(name)))] + written
  }
}
