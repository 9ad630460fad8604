public import Algorithms
public import AudioLanguageModel
import Curricula
public import Options
public import Rewards
public import RunLogs
public import Training

/// One experiment as its YAML file describes it: a stage, what it learns from, and how it is measured.
public struct ExperimentFile: Sendable {
  public enum Stage: String, Sendable, CaseIterable {
    /// Pretrains the music encoder on transitions and changes of mood (MusT stage 1).
    case encoder
    /// Teaches the language model timestamped captions (stage 2).
    case captions
    /// Supervised fine-tuning on temporal questions (stage 3).
    case questions
    /// Reinforcement learning on temporal rewards (stage 4).
    case reinforcement
  }

  public var path: String
  public var name: String
  public var summary: String
  public var stage: Stage
  public var seed: UInt64
  public var encoderFile: String
  /// Where the policy starts; empty for a new one.
  public var policyFile: String
  public var exportFile: String
  public var policy: EmbeddedPolicyConfiguration
  /// Command of a policy in another process; empty for the embedded one.
  public var externalPolicy: [String]
  /// Seconds that an answer of that process may take.
  public var policyTimeout: Double
  /// The encoder that stage `encoder` trains; the other stages read theirs from its file.
  public var encoder: EncoderOptions
  public var tracks: TrackOptions
  public var questions: QuestionOptions
  public var training: TrainingOptions
  public var evaluation: EvaluationOptions
  /// The logs beside the run's own `log.jsonl`.
  public var logs: [ChosenLog]
  public var alarms: Alarms
  /// Present where the stage is `reinforcement`.
  public var rewards: RewardSpec?
  public var algorithm: (any Algorithm)?
  /// What changes in the course of a run of that stage.
  public var curricula: [any Curriculum] = []
  /// What the file could name.
  public let plugins: Plugins
  /// Every option with its value, defaults included.
  public var resolved: OptionValue

  /// The arm that an experiment is compared with unless another is named.
  public static let controlArm = ExperimentArms.control
  /// The arms that the file holds beside the experiment itself.
  public private(set) var arms: [String] = []

  /// Throws every issue of the file together, those of its arms included.
  ///
  /// - Parameters:
  ///   - overrides: values for options, each written `key.path=value`; of the arm, where one is named.
  ///   - arm: one of the file's `arms:`; the experiment itself where none is named.
  public init(
    path: String, overrides: [String] = [], arm name: String? = nil, plugins: Plugins = .current
  ) throws {
    let file = try YAMLFile(extending: path)
    guard let name, name != ExperimentArms.itself else {
      try self.init(try file.overridden(by: overrides), plugins: plugins, checksArms: overrides.isEmpty)
      return
    }
    let list = try ExperimentArms(file)
    let main = try ExperimentFile(list.main, plugins: plugins, checksIdle: true)
    self = try Self.arm(name, of: list, beside: main, overrides: overrides, plugins: plugins)
    arms = list.names
  }

  /// The experiment of a file, or the arm of it that its `arm:` names, where `extends` and overrides are already worked in.
  public init(_ file: YAMLFile, plugins: Plugins = .current, checksArms: Bool = true) throws {
    let list = try ExperimentArms(file)
    let main = try ExperimentFile(list.main, plugins: plugins, checksIdle: true)
    var experiment = main
    var issues: [OptionIssue] = []
    for name in checksArms ? list.names : [list.chosen].compactMap({ $0 }) {
      do {
        let arm = try Self.arm(name, of: list, beside: main, overrides: [], plugins: plugins)
        if name == list.chosen { experiment = arm }
      } catch let error as ExperimentError {
        issues += error.issues
      }
    }
    if checksArms, let chosen = list.chosen, !list.names.contains(chosen) { _ = try list.file(of: chosen) }
    guard issues.isEmpty else { throw ExperimentError(file: file.path, issues: issues) }
    self = experiment
    arms = list.names
  }

  private static func arm(
    _ name: String, of list: ExperimentArms, beside main: ExperimentFile, overrides: [String], plugins: Plugins
  ) throws -> ExperimentFile {
    let file = try list.file(of: name).overridden(by: overrides)
    do {
      let arm = try ExperimentFile(file, plugins: plugins, checksIdle: false, isArm: true)
      let issues = list.issues(of: name, resolved: arm.resolved, experiment: main.resolved, overrides: overrides)
      guard issues.isEmpty else { throw ExperimentError(file: file.path, issues: issues) }
      return arm
    } catch let error as ExperimentError {
      throw ExperimentError(
        file: error.file,
        issues: error.issues.map { issue in
          OptionIssue(
            path: issue.path.hasPrefix("arms.") ? issue.path : "arms.\(name): \(issue.path)", line: issue.line,
            message: issue.message)
        })
    }
  }

  /// What a run was made with; options without effect, which earlier versions let through, are no issue there.
  init(of run: RunDirectory, plugins: Plugins = .current) throws {
    try self.init(try YAMLFile(path: run.resolvedFile), plugins: plugins, checksIdle: false)
  }

  private init(_ file: YAMLFile, plugins: Plugins, checksIdle: Bool, isArm: Bool = false) throws {
    var options = isArm ? OptionReader(lenient: file.root) : OptionReader(file.root)
    path = file.path
    self.plugins = plugins
    name = RunName.read(&options, help: "names the run's folder")
    summary = options.text("summary", default: "", help: "what the experiment shows, in a sentence")
    stage = options.choice("stage", default: Stage.reinforcement, help: "what is trained")
    seed = UInt64(options.integer("seed", default: 0, in: 0...Int(Int32.max), help: "all randomness derives from it"))
    let isNewPolicy = !options.contains("start")
    (encoderFile, policyFile) = options.section("start") { start in
      (
        start.text("encoder", default: "", help: "safetensors file of the music encoder"),
        start.text("policy", default: "", help: "safetensors file of the policy; empty for a new one")
      )
    }
    exportFile = options.text("export", default: "", help: "where the trained parameters are also written at the end")
    let isNewEncoder = encoderFile.isEmpty
    encoder =
      stage == .encoder
      ? options.section("encoder") { EncoderOptions(options: &$0, isNew: isNewEncoder) } : EncoderOptions()
    let isExternal: Bool
    (externalPolicy, isExternal, policyTimeout, policy) = options.section("policy") { section in
      let issues = section.issues.count
      let command = section.words(
        "external", default: [], help: "command of a policy in another process, instead of the embedded one")
      let isExternal = !command.isEmpty || section.issues.count > issues
      let timeout = section.number(
        "timeout", default: 600, in: 0.1...86_400, unit: "s", help: "how long an answer of that process may take")
      guard isExternal else { return (command, false, timeout, EmbeddedPolicyConfiguration(options: &section)) }
      section.refuse({ _ = EmbeddedPolicyConfiguration(options: &$0) }, because: Self.idleBesideExternal)
      return (command, true, timeout, EmbeddedPolicyConfiguration())
    }
    if isExternal {
      let idle = [(encoderFile, "start.encoder"), (policyFile, "start.policy"), (exportFile, "export")]
      for (_, key) in idle.filter({ !$0.0.isEmpty }) { options.record(Self.idleBesideExternal, at: key) }
    }
    tracks = options.section("tracks") { TrackOptions(options: &$0) }
    questions = options.section("questions") { QuestionOptions(options: &$0, tasks: plugins.tasks) }
    training = options.section("training") { TrainingOptions(options: &$0) }
    evaluation = options.section("evaluation") { EvaluationOptions(options: &$0) }
    logs = plugins.sinks.chosen(options: &options, tasks: plugins.tasks)
    let limits = RunLimits(drift: training.driftTolerance, metrics: MetricNames(tasks: questions.tasks))
    alarms = options.section("alarms") { Alarms(options: &$0, limits: limits, catalog: plugins.alarms) }
    if stage == .reinforcement {
      rewards = RewardSpec(options: &options, catalog: plugins.rewards)
      algorithm = options.section("algorithm") { plugins.algorithms.make(options: &$0) }
      let tasks = questions.tasks
      curricula = plugins.curricula.makeList("curriculum", options: &options)
      for curriculum in curricula {
        let complaints = rewards.map { curriculum.complaints(about: $0, tasks: tasks) } ?? []
        for complaint in complaints { options.record("\(type(of: curriculum).name): \(complaint)", at: "curriculum") }
      }
    }
    if isExternal, stage != .reinforcement {
      options.record("must be left out: the \(stage.rawValue) stage trains the embedded policy", at: "policy.external")
    }
    if checksIdle {
      let read = StageOptions(
        stage: stage, isExternal: !externalPolicy.isEmpty, hasDemonstrations: training.demonstrations > 0)
      for (path, message) in read.idle(in: options) { options.record(message, at: path) }
    }
    if stage != .encoder, encoderFile.isEmpty, !isExternal {
      options.record("must name the encoder's file: the \(stage.rawValue) stage listens through it", at: "start.encoder")
    }
    if stage == .reinforcement, !isExternal, isNewPolicy || policyFile.isEmpty {
      options.record(
        "must name the policy's file: reinforcement learning needs a policy that already answers", at: "start.policy")
    }
    resolved = options.resolvedValue
    do {
      try options.finish()
    } catch {
      throw ExperimentError(file: file.path, issues: error.issues)
    }
  }

  private static let idleBesideExternal =
    "has no effect beside policy.external, whose process has options of its own: leave it out"
}

/// Everything that is wrong with an experiment file, with the file's name.
public struct ExperimentError: Error, Sendable, CustomStringConvertible {
  public let file: String
  public let issues: [OptionIssue]

  public var description: String {
    "\(file) has \(issues.count == 1 ? "an issue" : "\(issues.count) issues"):\n"
      + issues.map { "  \($0)" }.joined(separator: "\n")
  }
}
