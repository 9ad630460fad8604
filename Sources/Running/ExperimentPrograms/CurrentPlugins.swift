import BuiltInPlugins
public import ExperimentFiles
package import ExperimentKinds
public import OptionFiles
import Options
package import Rewards
package import RunFolders

// What is read with the plug-ins of the command that runs, where none are handed over.

extension ExperimentFile {
  /// Throws every issue of the file together, those of its arms included.
  ///
  /// - Parameters:
  ///   - overrides: values for options, each written `key.path=value`; of the arm, where one is named.
  ///   - arm: one of the file's `arms:`; the experiment itself where none is named.
  public init(path: String, overrides: [String] = [], arm name: String? = nil) throws {
    try self.init(path: path, overrides: overrides, arm: name, plugins: .current)
  }

  /// The experiment of a file, or the arm of it that its `arm:` names, where `extends` and overrides are already worked in.
  public init(_ file: YAMLFile, checksArms: Bool = true) throws {
    try self.init(file, plugins: .current, checksArms: checksArms)
  }

  /// What a run was made with; options that nobody reads, which earlier versions wrote, are no issue there.
  package init(of run: RunDirectory) throws { try self.init(of: run, plugins: .current) }
}

extension RewardFile {
  public init(path: String) throws { try self.init(path: path, plugins: .current) }
}

extension Composition {
  /// Throws where a reward needs what the command does not offer.
  ///
  /// - Parameters:
  ///   - baselines: a file of baselines or a run's folder.
  ///   - offers: what the command can give rewards beside one answer and its question.
  ///   - command: its name, for messages.
  package init(
    rewards file: String, baselines: String? = nil, offering offers: Set<RewardNeed> = [], by command: String = "this command"
  ) throws {
    try self.init(rewards: file, baselines: baselines, plugins: .current, offering: offers, by: command)
  }
}

extension EvaluationFile {
  /// The answers of a file that is what was written; of one without a sum, as older versions left it, what it holds.
  package static func read(_ path: String, plugins: Plugins = .current) throws -> [HeldOutRecord] {
    try read(path, tasks: plugins.tasks)
  }
}
