public import ExperimentKinds
public import OptionFiles
package import Options
package import RunFolders
package import RunLogs
package import Tracks

/// One experiment as its YAML file describes it: a stage, what it learns from, and how it is measured.
public struct ExperimentFile: Sendable {
  public var path: String
  public var name: String
  public var summary: String
  /// What is trained, with the options that only this stage has.
  package var stage: any StageKind
  public var seed: UInt64
  package var tracks: any TrackSourceKind
  package var training: TrainingOptions
  /// The logs beside the run's own `log.jsonl`.
  package var logs: [ChosenLog]
  package var alarms: Alarms
  /// Every option with its value, defaults included.
  package var resolved: OptionValue
  /// What the file could name.
  package private(set) var plugins: Plugins

  /// Whether its runs leave held-out scores.
  package var isScored: Bool { stage.policy != nil && tracks.holdsOut }

  /// The name of the stage in the file.
  public var stageName: String { type(of: stage).name }

  /// The arm that an experiment is compared with unless another is named.
  package static let controlArm = ExperimentArms.control
  /// The arms that the file holds beside the experiment itself.
  package private(set) var arms: [String] = []

  /// Throws every issue of the file together, those of its arms included.
  ///
  /// - Parameters:
  ///   - overrides: values for options, each written `key.path=value`; of the arm, where one is named.
  ///   - arm: one of the file's `arms:`; the experiment itself where none is named.
  public init(
    path: String, overrides: [String] = [], arm name: String? = nil, plugins: Plugins
  ) throws {
    let file = try YAMLFile(extending: path)
    guard let name, name != ExperimentArms.itself else {
      try self.init(try file.overridden(by: overrides), plugins: plugins, checksArms: overrides.isEmpty)
      return
    }
    let list = try ExperimentArms(file)
    let main = try ExperimentFile(whole: list.main, plugins: plugins)
    self = try Self.arm(name, of: list, beside: main, overrides: overrides, plugins: plugins)
    arms = list.names
  }

  /// The experiment of a file, or the arm of it that its `arm:` names, where `extends` and overrides are already worked in.
  public init(_ file: YAMLFile, plugins: Plugins, checksArms: Bool = true) throws {
    let list = try ExperimentArms(file)
    let main = try ExperimentFile(whole: list.main, plugins: plugins)
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
      let arm = try ExperimentFile(whole: file, plugins: plugins, isLenient: true)
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

  /// What a run was made with; options that nobody reads, which earlier versions wrote, are no issue there.
  package init(of run: RunDirectory, plugins: Plugins) throws {
    try self.init(whole: try YAMLFile(path: run.resolvedFile), plugins: plugins, isLenient: true)
  }

  private init(whole file: YAMLFile, plugins: Plugins, isLenient: Bool = false) throws {
    var options = isLenient ? OptionReader(lenient: file.root) : OptionReader(file.root)
    path = file.path
    self.plugins = plugins
    name = RunName.read(&options, help: "names the run's folder")
    summary = options.text("summary", default: "", help: "what the experiment shows, in a sentence")
    let chosen = plugins.stages.chosen(options: &options, usual: plugins.stages.usual, help: "what is trained")
    seed = UInt64(options.integer("seed", default: 0, in: 0...Int(Int32.max), help: "all randomness derives from it"))
    let source = options.section("tracks") {
      plugins.tracks.chosen(options: &$0, usual: plugins.tracks.all[0], help: "where the tracks come from")
    }
    let sourceType = source ?? plugins.tracks.all[0]
    tracks = options.section("tracks") { sourceType.init(options: &$0) }
    training = TrainingOptions(options: &options)
    stage = (chosen ?? plugins.stages.usual).init(options: &options, plugins: plugins)
    logs = plugins.sinks.chosen(options: &options, tasks: plugins.tasks)
    let limits = stage.limits
    alarms = options.section("alarms") { Alarms(options: &$0, limits: limits, catalog: plugins.alarms) }
    if !isLenient, chosen != nil, source != nil { StrayOptions(stage, sourceType, plugins).refuse(in: &options) }
    resolved = options.resolvedValue
    do {
      try options.finish()
    } catch {
      throw ExperimentError(file: file.path, issues: error.issues)
    }
  }
}
