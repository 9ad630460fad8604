package import ExperimentKinds
import Files
import OptionFiles
package import Options
package import Questions
package import Rewards
import RunFolders

/// A composition of rewards as a command judges with it: what its file says, and the baselines that it was told or fits itself.
///
/// All commands but the loop get theirs here, so that none differs from another in silence.
package struct Composition: Sendable {
  package var spec: RewardSpec
  package let resolved: OptionValue
  /// Whether its baselines are those of a file or a run.
  package let isToldBaselines: Bool

  /// Throws where a reward needs what the command does not offer.
  ///
  /// - Parameters:
  ///   - baselines: a file of baselines or a run's folder.
  ///   - offers: what the command can give rewards beside one answer and its question.
  ///   - command: its name, for messages.
  package init(
    rewards file: String, baselines: String? = nil, plugins: Plugins, offering offers: Set<RewardNeed> = [],
    by command: String = "this command"
  ) throws {
    let rewards = try RewardFile(path: file, plugins: plugins)
    let refusals = rewards.spec.refusals(offering: offers, by: command)
    guard refusals.isEmpty else { throw NamedError("\(file): \(refusals.joined(separator: "\n"))") }
    spec = rewards.spec
    resolved = rewards.resolved
    isToldBaselines = baselines != nil
    if let baselines { spec.take(try BaselinesFile.read(baselines)) }
  }

  /// Fits baselines to questions of this command's own where none were told.
  package mutating func fit(to questions: [Question], of source: String) {
    guard !isToldBaselines, !spec.baselineLabels.isEmpty else { return }
    spec.fitBaselines(to: questions, named: source)
  }

  /// What was allowed in the file, and what its baselines stand on: for standard error.
  package var warnings: [String] {
    guard let note = spec.baselineNote else {
      return spec.warnings
        + (isToldBaselines ? ["--baselines has no effect: no reward of this composition has a baseline"] : [])
    }
    return spec.warnings + [note + (isToldBaselines ? "" : "; --baselines RUN takes those of a run, whose rewards they are")]
  }
}
